"""Reading one cell of a sheet as people really fill it: phones, counts, dates, things asked for."""
