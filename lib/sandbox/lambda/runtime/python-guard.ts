/**
 * What keeps a Python handler to its own folder and to this machine. Python has no permission flags, so the process limits itself, and an
 * audit hook (PEP 578), with wrappers around the few functions that raise no event, refuses: reading files but its own, Python's and the
 * system's; changing any but those in its temporary folder; other processes and signals to them; and sending what leaves this machine,
 * the names that would be looked up elsewhere among it. It stands in the handler's own process: it keeps a handler from mistakes and
 * is no wall against code that wants out, such as by ctypes or an extension in C.
 * @module
 */

/** Python, part of the bootstrap; `keep_guard()` begins it. */
export const PYTHON_GUARD = String.raw`
import fcntl, resource, signal, sysconfig
import _posixsubprocess, posix


def limit(name, value):
    try:
        resource.setrlimit(getattr(resource, name), (value, value))
    except (AttributeError, ValueError, OSError):
        pass


limit("RLIMIT_DATA", (int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) + 64) * 1024 * 1024)

PROCESSES = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "pty.spawn")
LIMITS = ("resource.setrlimit", "resource.prlimit")
LISTS = ("os.listdir", "os.scandir")
LOOKS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

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
    "os.chflags": [(0, None, False)],
    "os.utime": [(0, 3, False)],
    "os.truncate": [(0, None, False)],
    "os.setxattr": [(0, None, False)],
    "os.removexattr": [(0, None, False)],
    "shutil.rmtree": [(0, 1, True)],
}
# Where Python and its packages are, and what of the system they read.
INTERPRETER = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values(), *sys.path}
SYSTEM = {"/usr", "/lib", "/lib64", "/bin", "/opt", "/nix", "/System", "/Library", "/dev", "/proc", "/sys/fs/cgroup"} | {
    "/etc/" + name
    for name in "ssl pki ca-certificates hosts host.conf nsswitch.conf resolv.conf localtime timezone os-release mime.types".split()
}
known = {os.path.abspath(name) for name in INTERPRETER | SYSTEM if name}
readable = known | {os.path.realpath(name) for name in known} | {os.path.realpath(os.path.dirname(task))}
home = os.path.realpath(scratch) + os.sep
# The memory and the variables of others are files there.
OTHERS = "/proc/%d" % os.getpid()


def path_of(descriptor):
    if hasattr(fcntl, "F_GETPATH"):
        return os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0"))
    return os.readlink("/proc/self/fd/%d" % descriptor)


def placed(path, folder=-1):
    name = os.fsdecode(path)
    return os.path.join(path_of(folder), name) if isinstance(folder, int) and folder >= 0 else name


def real(path, folder=-1, is_link=False):
    if isinstance(path, int):
        return path_of(path)
    name = placed(path, folder)
    if not is_link:
        return os.path.realpath(name)
    parent, last = os.path.split(os.path.abspath(name))
    return os.path.join(os.path.realpath(parent), last)


def is_below(name, folders):
    while name not in folders:
        parent = os.path.dirname(name)
        if parent == name:
            return False
        name = parent
    return True


def is_readable(name):
    target = os.path.realpath(name)
    if target.startswith("/proc/") and target.split("/")[2].isdigit():
        return is_below(target, {OTHERS})
    # Some installers link packages to where they were unpacked.
    return is_below(target, readable) or is_below(os.path.abspath(name), known)


def require_scratch(name):
    if not name.startswith(home):
        raise PermissionError("The sandbox lets functions write below %s only" % scratch)


def require_readable(name):
    if not is_readable(name):
        raise PermissionError("The sandbox lets functions read their own folder, Python and the system's libraries, not %s" % name)


def check_open(name, flags):
    if not flags & WRITES:
        require_readable(name)
    elif os.path.realpath(name) != os.devnull:
        # The folder itself is opened for a file without a name.
        require_scratch(os.path.realpath(name) + os.sep)


def require_loopback(address):
    if not isinstance(address, tuple):
        raise PermissionError("The sandbox lets functions connect to this machine only, by TCP and UDP")
    if address[0] not in LOOPBACK:
        raise PermissionError("The sandbox lets functions connect to this machine only, not to %s" % (address[0],))


def is_address(text):
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, text)
            return True
        except (OSError, UnicodeError):
            pass
    return False


# A name is a message to a server of names; an address says nothing to anybody, unless its name is asked for.
def require_local_name(host, is_reverse):
    text = os.fsdecode(host) if isinstance(host, (bytes, bytearray)) else host
    if text and text not in LOOPBACK and (is_reverse or not is_address(text)):
        raise PermissionError("The sandbox lets functions connect to this machine only, not to %s" % text)


def require_own_place(address):
    if isinstance(address, tuple) and address[0] not in LOOPBACK:
        raise PermissionError("The sandbox lets functions listen on 127.0.0.1 and ::1 only, not on %r" % (address[0],))
    if isinstance(address, (str, bytes)):
        require_scratch(real(address, -1, True))


def require_database(database):
    name = os.fsdecode(database)
    if name in ("", ":memory:") or name.startswith("file::memory:"):
        return
    target = os.path.realpath(name[5:].partition("?")[0] if name.startswith("file:") else name)
    if not is_below(target, {os.path.realpath(task)}):
        require_scratch(target)


def guard(event, args):
    if event in PROCESSES:
        raise PermissionError("The sandbox starts no other processes for a function")
    if event in LIMITS:
        raise PermissionError("The sandbox sets the limits of a function's process")
    if event == "os.killpg" or (event == "os.kill" and args[0] != os.getpid()):
        raise PermissionError("The sandbox lets functions send signals to themselves only")
    if event == "socket.connect" or (event in ("socket.sendto", "socket.sendmsg") and args[1] is not None):
        require_loopback(args[1])
    if event == "socket.bind":
        require_own_place(args[1])
    if event in LOOKS:
        require_local_name(args[0], event == "socket.gethostbyaddr")
    if event == "socket.getnameinfo":
        require_local_name(args[0][0], True)
    if event == "open" and isinstance(args[0], (str, bytes)):
        check_open(os.fsdecode(args[0]), args[2] if isinstance(args[2], int) else 0)
    if event in LISTS and not isinstance(args[0], int):
        require_readable(os.fsdecode(args[0] or "."))
    if event == "sqlite3.connect":
        require_database(args[0])
    for path, folder, is_link in CHANGES.get(event, ()):
        require_scratch(real(args[path], -1 if folder is None else args[folder], is_link))


def refuse_process(*args, **named):
    guard("subprocess.Popen", args)


def making(make):
    def checked(path, *args, dir_fd=None, **named):
        require_scratch(real(path, -1 if dir_fd is None else dir_fd, True))
        return make(path, *args, dir_fd=dir_fd, **named)
    return checked


def opening(act):
    def checked(path, flags, mode=0o777, *, dir_fd=None):
        if dir_fd is not None:
            check_open(placed(path, dir_fd), flags)
        return act(path, flags, mode, dir_fd=dir_fd)
    return checked


def refuse_signal(*args, **named):
    guard("os.killpg", args)


def wrap(modules, name, wrapper):
    for module in modules:
        if hasattr(module, name):
            setattr(module, name, wrapper(getattr(module, name)))


def keep_guard():
    wrap((os, posix), "open", opening)
    wrap((os, posix), "mkfifo", making)
    wrap((os, posix), "mknod", making)
    # multiprocessing goes to it past subprocess.
    wrap((_posixsubprocess,), "fork_exec", lambda act: refuse_process)
    wrap((signal,), "pidfd_send_signal", lambda act: refuse_signal)
    sys.addaudithook(guard)`;
