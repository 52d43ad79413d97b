"""Data that ships with the product: catalogue of missions, example folder, frozen weeks."""
