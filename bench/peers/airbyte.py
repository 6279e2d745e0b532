"""airbyte-cdk's declarative source on the orders: writes its config and its catalogue. airbyte.py FOLDER"""
import json
import sys

TEXT = {"type": ["string", "null"]}
WHOLE = {"type": ["integer", "null"]}
MOMENT = {"type": ["string", "null"], "format": "date-time"}
SCHEMA = {
    "$schema": "http://json-schema.org/schema#",
    "type": "object",
    "properties": {
        "id": WHOLE, "reference": TEXT, "tags": {"type": ["array", "null"], "items": {"type": "string"}}, "url": TEXT,
        "customer": {"type": ["object", "null"], "properties": {"id": WHOLE, "name": TEXT, "email": TEXT}},
        "status": TEXT, "amount": {"type": ["number", "null"]}, "tax": {"type": ["number", "null"]}, "currency": TEXT,
        "quantity": WHOLE, "is_paid": {"type": ["boolean", "null"]}, "parent_id": WHOLE, "note": TEXT,
        "created_at": MOMENT, "updated_at": MOMENT,
    },
}


def manifest(full):
    retriever = {
        "type": "SimpleRetriever",
        "requester": {"type": "HttpRequester", "url_base": "http://127.0.0.1:18481", "path": "/orders", "http_method": "GET"},
        "record_selector": {"type": "RecordSelector", "extractor": {"type": "DpathExtractor", "field_path": ["data"]}},
        "paginator": {
            "type": "DefaultPaginator",
            "page_token_option": {"type": "RequestOption", "inject_into": "request_parameter", "field_name": "cursor"},
            "pagination_strategy": {
                "type": "CursorPagination",
                "cursor_value": "{{ response['next_cursor'] }}",
                "stop_condition": "{{ not response['next_cursor'] }}",
            },
        },
    }
    stream = {
        "type": "DeclarativeStream", "name": "orders", "primary_key": ["id"], "retriever": retriever,
        "schema_loader": {"type": "InlineSchemaLoader", "schema": SCHEMA},
    }
    if full:
        condition = "{{ record['quantity'] > 0 }}"
        retriever["record_selector"]["record_filter"] = {"type": "RecordFilter", "condition": condition}
        added = [("customer_id", "{{ record['customer']['id'] }}"), ("source", "bench")]
        fields = [{"type": "AddedFieldDefinition", "path": [name], "value": value} for name, value in added]
        stream["transformations"] = [{"type": "AddFields", "fields": fields}]
        shape = "%Y-%m-%dT%H:%M:%SZ"
        start = {"type": "MinMaxDatetime", "datetime": "2020-01-01T00:00:00Z", "datetime_format": shape}
        stream["incremental_sync"] = {
            "type": "DatetimeBasedCursor", "cursor_field": "updated_at", "datetime_format": shape, "start_datetime": start,
        }
    return {
        "version": "6.0.0", "type": "DeclarativeSource", "streams": [stream],
        "check": {"type": "CheckStream", "stream_names": ["orders"]},
        "spec": {"type": "Spec", "connection_specification": {"type": "object", "properties": {}}},
    }


def write(name, value):
    with open(f"{sys.argv[1]}/{name}", "w", encoding="utf-8") as file:
        json.dump(value, file)


for name, mode in (("plain", "full_refresh"), ("full", "incremental")):
    write(f"airbyte-{name}.config.json", {"__injected_declarative_manifest": manifest(name == "full")})
    stream = {"name": "orders", "json_schema": SCHEMA, "supported_sync_modes": ["full_refresh", "incremental"]}
    write(f"airbyte-{name}.catalog.json", {
        "streams": [{"stream": stream, "sync_mode": mode, "destination_sync_mode": "append"}],
    })
