"""The orders as a tap on singer-sdk, with the SDK's faster writer."""
from singer_sdk import RESTStream, Tap, typing as th
from singer_sdk.contrib.msgspec import MsgSpecWriter
from singer_sdk.pagination import JSONPathPaginator


class Orders(RESTStream):
    name = "orders"
    path = "/orders"
    url_base = "http://127.0.0.1:18481"
    records_jsonpath = "$.data[*]"
    primary_keys = ("id",)
    schema = th.PropertiesList(
        th.Property("id", th.IntegerType), th.Property("reference", th.StringType),
        th.Property("customer", th.ObjectType(
            th.Property("id", th.IntegerType), th.Property("name", th.StringType), th.Property("email", th.StringType))),
        th.Property("tags", th.ArrayType(th.StringType)), th.Property("url", th.StringType),
        th.Property("status", th.StringType), th.Property("amount", th.NumberType), th.Property("tax", th.NumberType),
        th.Property("currency", th.StringType), th.Property("quantity", th.IntegerType),
        th.Property("is_paid", th.BooleanType), th.Property("parent_id", th.IntegerType),
        th.Property("note", th.StringType), th.Property("created_at", th.DateTimeType),
        th.Property("updated_at", th.DateTimeType),
    ).to_dict()

    def get_new_paginator(self):
        return JSONPathPaginator("$.next_cursor")

    def get_url_params(self, context, next_page_token):
        return {"cursor": next_page_token} if next_page_token else {}


class TapOrders(Tap):
    name = "tap-orders"
    config_jsonschema = th.PropertiesList().to_dict()
    message_writer_class = MsgSpecWriter

    def discover_streams(self):
        return [Orders(self)]


TapOrders.cli()
