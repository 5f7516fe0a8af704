"""The training side (extra `train`, Keras 3 on TensorFlow): data, networks, recipes, evaluation, export."""
