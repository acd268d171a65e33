"""An engine at work: requests go in, answers come out."""
import json, os, queue, subprocess, threading

from promises.files import Broken, require


class Program:
    """An engine at work, asked one thing after another."""

    def __init__(self, options, number, show):
        self.seconds, self.show, self.asked = options.seconds, show, 0
        environment = os.environ | {"ESPALIER_ENGINE": "1", "ESPALIER_PROCESS": str(number)}
        self.process = subprocess.Popen(
            options.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def answer(self, verb, **fields):
        """The answer to a request; an error breaks the check."""
        kind, words = self.ask(verb, **fields)
        require(kind == "answer", f"{verb}: {words}")
        return words

    def ask(self, verb, **fields):
        """("answer" or "error", what it holds)."""
        self.asked += 1
        request = {"id": self.asked, "verb": verb} | fields
        self.show("→", request)
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # its last words are read below
        while True:
            try:
                line = self.lines.get(timeout=self.seconds)
            except queue.Empty:
                raise Broken(f"{verb}: not a word within {self.seconds} s") from None
            if line is None:
                raise Broken(f"{verb}: the program ended with status {self.process.wait()}")
            try:
                reply = json.loads(line)
                assert isinstance(reply, dict)
            except (ValueError, AssertionError):
                raise Broken(f"{verb}: standard output says what is no answer: {line.strip()[:80]}") from None
            self.show("←", reply)
            require(reply.get("id") == self.asked, f"{verb}: asked {self.asked}, it answers {reply.get('id')}")
            if "progress" in reply:
                require(0 <= reply["progress"] <= 1, f"{verb}: progress is {reply['progress']}")
                continue
            kinds = {"answer", "error"} & reply.keys()
            require(len(kinds) == 1, f"{verb}: neither an answer nor an error: {line.strip()[:80]}")
            kind = kinds.pop()
            return kind, reply[kind]

    def end(self):
        """Closes its input: it is to end by itself."""
        self.process.stdin.close()
        try:
            status = self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            raise Broken("the program goes on ten seconds after its input ended") from None
        require(status == 0, f"the program ends with status {status}")

    def kill(self):
        self.process.kill()
        self.process.wait()


def shortened(value):
    """`value` as a transcript shows it."""
    if isinstance(value, dict):
        return {key: shortened(x) for key, x in value.items()}
    if isinstance(value, list) and len(value) > 4 and not isinstance(value[0], str):
        return [*map(shortened, value[:2]), f"… {len(value) - 2} more"]
    if isinstance(value, list):
        return [*map(shortened, value)]
    return round(value, 6) if isinstance(value, float) else value
