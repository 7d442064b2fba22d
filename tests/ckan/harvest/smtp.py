"""A mail server on loopback that keeps what it is given."""

import email
import email.header
import email.policy
import socketserver
import threading


class Sink(socketserver.ThreadingTCPServer):
    """mails: (recipient, subject, text) in the order in which they came."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def address(self):
        return f"127.0.0.1:{self.server_address[1]}"

    def take(self, recipient, data):
        message = email.message_from_bytes(data, policy=email.policy.default)
        text = message.get_body(("plain",)).get_content()
        self.mails.append((recipient, message["Subject"], text))


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        recipient = ""
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
            if word == b"DATA":
                self.say("354 go on")
                self.server.take(recipient, self.body())
            self.say("221 bye" if word == b"QUIT" else "250 fine")
            if word == b"QUIT":
                return

    def body(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())
