"""A SQLite target on singer-sdk's own SQL sink."""
import decimal
import json

from singer_sdk import SQLConnector, SQLSink, SQLTarget, typing as th


class Connector(SQLConnector):
    allow_temp_tables = False
    allow_column_alter = False
    allow_merge_upsert = False

    def get_sqlalchemy_url(self, config):
        return f"sqlite:///{config['path']}"


def plain(value):
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return float(value) if isinstance(value, decimal.Decimal) else value


class Sink(SQLSink):
    connector_class = Connector
    max_size = 10_000

    def preprocess_record(self, record, context):
        return {name: plain(value) for name, value in record.items()}


class TargetOrders(SQLTarget):
    name = "target-orders"
    default_sink_class = Sink
    config_jsonschema = th.PropertiesList(th.Property("path", th.StringType, required=True)).to_dict()


TargetOrders.cli()
