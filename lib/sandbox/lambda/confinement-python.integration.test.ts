import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionSandbox, PYTHON, surprises } from './testing/function-sandbox';

const { boto } = await functionSandbox();

describe('handlers of Python', () => {
  it('read and change no files but their own, start and signal nobody else, and send nothing out', async () => {
    const code = `
import multiprocessing, os, resource, shutil, signal, socket, sqlite3, subprocess, tempfile

def tried(act, *args, **named):
    try:
        act(*args, **named)
        return "done"
    except PermissionError as error:
        return "refused" if str(error).startswith("The sandbox") else str(error)

def handler(event, context):
    outside = event["outside"]
    kept = outside + "/kept"
    own = os.path.join(os.environ["TMPDIR"], "own")
    with open(own, "w") as file:
        file.write("x")
    os.symlink(kept, own + "-link")
    # A folder that may be read, and the way from there.
    folder = os.open("/usr", os.O_RDONLY)
    below = os.path.relpath(outside, "/usr")
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    refused = {
        "remove": tried(os.remove, kept),
        "remove in a folder": tried(os.remove, below + "/kept", dir_fd=folder),
        "rename from": tried(os.rename, kept, own + "2"),
        "rename to": tried(os.rename, own, outside + "/new"),
        "replace": tried(os.replace, own, kept),
        "rmdir": tried(os.rmdir, outside + "/empty"),
        "mkdir": tried(os.mkdir, outside + "/made"),
        "link from": tried(os.link, kept, own + "3"),
        "link to": tried(os.link, own, outside + "/linked"),
        "symlink": tried(os.symlink, own, outside + "/symlinked"),
        "truncate": tried(os.truncate, kept, 0),
        "truncate by a link": tried(os.truncate, own + "-link", 0),
        "chmod": tried(os.chmod, kept, 0),
        "chown": tried(os.chown, kept, os.getuid(), os.getgid()),
        "utime": tried(os.utime, kept),
        "open": tried(open, outside + "/new", "w"),
        "open in a folder": tried(os.open, below + "/new", os.O_CREAT | os.O_WRONLY, dir_fd=folder),
        "mkfifo": tried(os.mkfifo, outside + "/fifo"),
        "mkfifo in a folder": tried(os.mkfifo, below + "/fifo", dir_fd=folder),
        "mknod": tried(os.mknod, outside + "/node"),
        "database": tried(sqlite3.connect, outside + "/x.db"),
        "read": tried(open, kept),
        "read by a link": tried(open, own + "-link"),
        "read in a folder": tried(os.open, below + "/kept", os.O_RDONLY, dir_fd=folder),
        "list": tried(os.listdir, outside),
        "scan": tried(os.scandir, outside),
        "the sandbox's variables": tried(open, "/proc/%d/environ" % os.getppid()),
        "run": tried(subprocess.run, ["id"]),
        "multiprocessing": tried(multiprocessing.get_context("spawn").Process(target=tried).start),
        "raise a limit": tried(resource.setrlimit, resource.RLIMIT_DATA, (-1, -1)),
        "look up": tried(socket.getaddrinfo, "example.com", 80),
        "look up by name": tried(socket.gethostbyname, "example.com"),
        "look up an address": tried(socket.gethostbyaddr, "192.0.2.1"),
        "name an address": tried(socket.getnameinfo, ("192.0.2.1", 80), 0),
        "listen": tried(socket.socket().bind, ("0.0.0.0", 0)),
        "listen by a path": tried(socket.socket(socket.AF_UNIX).bind, outside + "/x.sock"),
        "kill by descriptor": tried(lambda: signal.pidfd_send_signal(os.pidfd_open(os.getppid()), 0))
        if hasattr(signal, "pidfd_send_signal") else "refused",
        "rmtree": tried(shutil.rmtree, outside),
        "kill": tried(os.kill, os.getppid(), 0),
        "killpg": tried(os.killpg, os.getpgid(0), 0),
        "unix": tried(socket.socket(socket.AF_UNIX).connect, outside + "/socket"),
        "sendto": tried(udp.sendto, b"x", ("192.0.2.1", 9)),
        "sendmsg": tried(udp.sendmsg, [b"x"], [], 0, ("192.0.2.1", 9)),
    }
    with tempfile.TemporaryDirectory() as made:
        os.makedirs(made + "/a/b")
        os.rename(own, made + "/a/b/own")
    os.chdir(os.environ["TMPDIR"])
    os.mkdir("relative")
    shutil.rmtree("relative")
    allowed = {
        "remove a link": tried(os.remove, own + "-link"),
        "listen": tried(socket.socket().bind, ("127.0.0.1", 0)),
        "look up itself": tried(socket.getaddrinfo, "localhost", 80),
        "look up nothing": tried(socket.getaddrinfo, "192.0.2.1", 80),
        "database": tried(sqlite3.connect, ":memory:"),
        "fifo": tried(os.mkfifo, "fifo") and tried(os.remove, "fifo"),
        "file without a name": tried(tempfile.TemporaryFile),
        "read itself": tried(open, __file__),
        "read what it runs in": tried(open, os.__file__),
        "list its own": tried(os.listdir, os.environ["LAMBDA_TASK_ROOT"]),
        "kill itself": tried(os.kill, os.getpid(), 0),
        "sendto": tried(udp.sendto, b"x", ("127.0.0.1", 9)),
    }
    return {"refused": refused, "allowed": allowed, "seen": os.listdir(os.environ["TMPDIR"])}
`;
    const outside = await mkdtemp(path.join(tmpdir(), 'outside-'));
    try {
      await mkdir(path.join(outside, 'empty'));
      await writeFile(path.join(outside, 'kept'), 'kept');
      const order = { name: 'py-guarded', files: { 'app.py': code }, ...PYTHON };
      expect(await surprises(boto, order, { outside })).toEqual({ notRefused: [], notAllowed: [], seen: [] });
      expect(await readdir(outside)).toEqual(['empty', 'kept']);
      expect(await readFile(path.join(outside, 'kept'), 'utf8')).toBe('kept');
    } finally {
      await rm(outside, { recursive: true });
    }
  });
});
