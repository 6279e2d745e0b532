"""dlt's REST source on the orders: dlt_load.py FOLDER sqlite|duckdb. For DuckDB at its best: Parquet files, one table."""
import os
import sys

folder, to = sys.argv[1:3]
os.environ.update(DLT_DATA_DIR=f"{folder}/dlt", RUNTIME__DLTHUB_TELEMETRY="false", RUNTIME__LOG_LEVEL="ERROR")

import dlt  # noqa: E402
from dlt.sources.rest_api import rest_api_source  # noqa: E402

orders = {
    "name": "orders", "primary_key": "id", "write_disposition": "append",
    "endpoint": {"path": "orders", "data_selector": "data"},
}
paginator = {"type": "cursor", "cursor_path": "next_cursor", "cursor_param": "cursor"}
options = {}
if to == "duckdb":
    orders["columns"] = {"tags": {"data_type": "json"}}
    options = {"loader_file_format": "parquet"}
    destination, dataset = dlt.destinations.duckdb(f"{folder}/dlt.duckdb"), "orders"
else:
    destination, dataset = dlt.destinations.sqlalchemy(f"sqlite:///{folder}/dlt.db"), "main"
source = rest_api_source({"client": {"base_url": "http://127.0.0.1:18481/", "paginator": paginator}, "resources": [orders]})
pipeline = dlt.pipeline("bench", destination=destination, dataset_name=dataset, pipelines_dir=f"{folder}/dlt")
pipeline.run(source, **options)
