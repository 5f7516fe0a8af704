"""A report of a structure as pages: composed of the library's facts, painted onto a PDF, a printer or the screen.

`document` puts the `chapters` together from `parts` and `tables`; a part is what cannot be split, `paging` lays parts
onto pages. Everything here but `page` and `preview` may run in any thread, and pictures are read only while the page
that shows them is painted, so that memory does not grow with the report.
"""
