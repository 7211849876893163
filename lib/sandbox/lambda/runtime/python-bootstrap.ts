/**
 * What runs in the child of a Python function, before its code: it takes the function's variables and then invocations from file
 * descriptor 3, one JSON a line, and answers there. Python in a string, because it is written beside the function's code and must need nothing else.
 * AWS Lambda Developer Guide, "Define Lambda function handler in Python", for handlers, errors and log lines.
 * @module
 */
import { PYTHON_GUARD } from './python-guard';

export const PYTHON_BOOTSTRAP = String.raw`
import datetime, importlib, json, logging, os, socket, sys, time, traceback

channel = socket.socket(fileno=3)
incoming = channel.makefile("r", encoding="utf-8", newline="\n")


def tell(message):
    channel.sendall((json.dumps(message) + "\n").encode("utf-8"))


class Log:
    encoding = "utf-8"

    def write(self, text):
        if text:
            tell({"log": str(text)})
        return len(text)

    def flush(self):
        pass

    def isatty(self):
        return False


sys.stdout = sys.stderr = Log()
state = {"id": ""}


class LambdaLogHandler(logging.Handler):
    def emit(self, record):
        at = datetime.datetime.fromtimestamp(record.created, datetime.timezone.utc)
        stamp = at.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % record.msecs
        tell({"log": "[%s]\t%s\t%s\t%s\n" % (record.levelname, stamp, state["id"], self.format(record))})


logging.getLogger().addHandler(LambdaLogHandler())

task = os.environ["LAMBDA_TASK_ROOT"]
scratch = os.environ["TMPDIR"]
os.chdir(task)
sys.dont_write_bytecode = True
sys.path.insert(0, task)


${PYTHON_GUARD}


class Context:
    def __init__(self, invocation):
        self.aws_request_id = invocation["id"]
        self.invoked_function_arn = invocation["arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.client_context = None
        self.identity = None
        self.__deadline = invocation["deadline"]

    def get_remaining_time_in_millis(self):
        return max(0, int(self.__deadline - time.time() * 1000))


class RuntimeFault(Exception):
    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def load():
    name = os.environ["_HANDLER"]
    module, dot, function = name.rpartition(".")
    if not dot:
        raise RuntimeFault("Runtime.MalformedHandlerName", "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name)
    try:
        loaded = importlib.import_module(module.replace("/", "."))
    except ImportError as error:
        raise RuntimeFault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module, error))
    except SyntaxError as error:
        raise RuntimeFault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module, error))
    if not hasattr(loaded, function):
        raise RuntimeFault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function, module))
    return getattr(loaded, function)


def told(error):
    if isinstance(error, RuntimeFault):
        return {"errorType": error.kind, "errorMessage": str(error), "stackTrace": []}
    frames = traceback.extract_tb(error.__traceback__)[1:]
    return {
        "errorType": type(error).__name__,
        "errorMessage": str(error),
        "stackTrace": traceback.format_list(frames),
    }


first = incoming.readline()
if not first:
    sys.exit(0)
for name, value in json.loads(first)["environment"].items():
    os.environ.setdefault(name, value)
keep_guard()
handler = None
for line in incoming:
    invocation = json.loads(line)
    state["id"] = invocation["id"]
    os.environ["_X_AMZN_TRACE_ID"] = invocation["trace"]
    try:
        handler = handler or load()
        result = json.dumps(handler(json.loads(invocation["event"]), Context(invocation)))
    except BaseException as error:
        fault = told(error)
        tell({"log": "[ERROR] %s: %s\nTraceback (most recent call last):\n%s" % (fault["errorType"], fault["errorMessage"], "".join(fault["stackTrace"]))})
        tell({"id": invocation["id"], "error": fault})
        if isinstance(error, (SystemExit, KeyboardInterrupt)):
            break
        continue
    tell({"id": invocation["id"], "result": result})
`;
