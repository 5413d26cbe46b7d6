"""The report as one HTML file: drawings, tables, and nothing from elsewhere."""
