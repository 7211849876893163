/**
 * What runs in the child of a Python function, before its code: it takes the function's variables and then invocations from file
 * descriptor 3, one JSON a line, and answers there. Python in a string, because it is written beside the function's code and must need nothing else.
 *
 * Python has no permission flags. The interpreter is isolated (`-I`), it starts with the sandbox's variables only, its memory, files and processor time are
 * limited, and an audit hook (PEP 578) refuses other processes and signals to them, changing files outside the function's own folder, and sending
 * what leaves this machine. That keeps a handler from doing by mistake what it could not do on Lambda; it is no wall against code that wants out (reading
 * files is not refused).
 * AWS Lambda Developer Guide, "Define Lambda function handler in Python", for handlers, errors and log lines.
 * @module
 */
export const PYTHON_BOOTSTRAP = String.raw`
import datetime, fcntl, importlib, json, logging, os, resource, socket, sys, time, traceback

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


def limit(name, value):
    try:
        resource.setrlimit(getattr(resource, name), (value, value))
    except (AttributeError, ValueError, OSError):
        pass


limit("RLIMIT_DATA", (int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) + 64) * 1024 * 1024)
limit("RLIMIT_NOFILE", 1024)

PROCESSES = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "pty.spawn")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


# What changes the file system, by PEP 578's name: the places of its path and of the folder descriptor that the path may be below, and
# whether a link there is changed itself.
CHANGES = {
    "os.remove": [(0, 1, True)],
    "os.rmdir": [(0, 1, True)],
    "os.mkdir": [(0, 2, True)],
    "os.rename": [(0, 2, True), (1, 3, True)],
    "os.link": [(0, 2, False), (1, 3, True)],
    "os.symlink": [(1, 2, True)],
    "os.chmod": [(0, 2, False)],
    "os.chown": [(0, 3, False)],
    "os.utime": [(0, 3, False)],
    "os.truncate": [(0, None, False)],
    "os.setxattr": [(0, None, False)],
    "os.removexattr": [(0, None, False)],
    "shutil.rmtree": [(0, 1, True)],
}
home = os.path.realpath(scratch) + os.sep


def path_of(descriptor):
    if hasattr(fcntl, "F_GETPATH"):
        return os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0"))
    return os.readlink("/proc/self/fd/%d" % descriptor)


def real(path, folder=-1, is_link=False):
    if isinstance(path, int):
        return path_of(path)
    name = os.fsdecode(path)
    if isinstance(folder, int) and folder >= 0:
        name = os.path.join(path_of(folder), name)
    if not is_link:
        return os.path.realpath(name)
    parent, last = os.path.split(os.path.abspath(name))
    return os.path.join(os.path.realpath(parent), last)


def require_scratch(name):
    if not name.startswith(home):
        raise PermissionError("The sandbox lets functions write below %s only" % scratch)


def require_loopback(address):
    if not isinstance(address, tuple):
        raise PermissionError("The sandbox lets functions connect to itself only, by TCP")
    if address[0] not in LOOPBACK:
        raise PermissionError("The sandbox lets functions connect to itself only, not to %s" % (address[0],))


def guard(event, args):
    if event in PROCESSES:
        raise PermissionError("The sandbox starts no other processes for a function")
    if event == "os.killpg" or (event == "os.kill" and args[0] != os.getpid()):
        raise PermissionError("The sandbox lets functions send signals to themselves only")
    if event == "socket.connect" or (event in ("socket.sendto", "socket.sendmsg") and args[1] is not None):
        require_loopback(args[1])
    if event == "open" and isinstance(args[0], (str, bytes)):
        mode, flags = args[1], args[2]
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND) if isinstance(flags, int) else False
        if writes and real(args[0]) != os.devnull:
            require_scratch(real(args[0]))
    for path, folder, is_link in CHANGES.get(event, ()):
        require_scratch(real(args[path], -1 if folder is None else args[folder], is_link))


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
sys.addaudithook(guard)
handler = None
for line in incoming:
    invocation = json.loads(line)
    state["id"] = invocation["id"]
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
