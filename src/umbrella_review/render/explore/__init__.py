"""The page on which readers explore: an evidence map and a forest plot that answer to filters."""
