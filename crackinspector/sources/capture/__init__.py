"""Cameras, streams and video files, each read in a process of its own.

What reads a device or a network can block for ever in a driver or a library, and no thread can be made to stop that; a
process can be killed. `parent.ChildCapture` starts one (`child`), which opens a backend (`usb_camera`, `csi_camera`,
`stream`) and lends its newest picture through shared memory (`lending`); `wire` is what the two say to each other.
"""
