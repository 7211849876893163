"""Calls AWS through boto3 for tests: one JSON request a line in, one JSON answer a line out."""

import base64
import datetime
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

clients = {}


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if hasattr(value, "read"):
        return plain(value.read())
    raise TypeError(type(value))


def bytes_of(value):
    """JSON has no bytes: {"base64": …} stands for them."""
    if isinstance(value, dict):
        if set(value) == {"base64"}:
            return base64.b64decode(value["base64"])
        return {key: bytes_of(member) for key, member in value.items()}
    if isinstance(value, list):
        return [bytes_of(member) for member in value]
    return value


def client(service, region, endpoint):
    key = (service, region)
    if key not in clients:
        clients[key] = boto3.client(
            service,
            region_name=region,
            endpoint_url=endpoint,
            aws_access_key_id="AKIATEST",
            aws_secret_access_key="test",
            # The server is asked what it thinks of bad input, so the client lets it through.
            config=Config(parameter_validation=False, retries={"total_max_attempts": 1}),
        )
    return clients[key]


for line in sys.stdin:
    call = json.loads(line)
    try:
        method = getattr(client(call["service"], call["region"], call["endpoint"]), call["method"])
        output = method(**bytes_of(call["input"]))
        output.pop("ResponseMetadata", None)
        answer = {"output": output}
    except ClientError as error:
        answer = {
            "refusal": {
                "name": error.response["Error"]["Code"],
                "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
                "message": error.response["Error"].get("Message", ""),
            }
        }
    except Exception as error:  # boto3's own complaint about the answer or the input
        answer = {"fault": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer, default=plain), flush=True)
