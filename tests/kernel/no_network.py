"""Start-up file of the kernels that run the notebooks in tests: only this computer answers."""


def _close_network():  # a function, because start-up files share their names with the notebook
    import ipaddress
    import socket

    def refuse(host):
        if host is None or host in ("", "localhost"):
            return
        try:
            if ipaddress.ip_address(host).is_loopback:
                return
        except ValueError:  # a name
            pass
        raise ConnectionRefusedError(f"a lesson must not need the network; it asked for {host!r}")

    def guarded(method):
        def call(self, *args):
            if self.family in (socket.AF_INET, socket.AF_INET6):
                refuse(args[-1][0])  # the address comes last
            return method(self, *args)

        return call

    def lookup(host, *args, getaddrinfo=socket.getaddrinfo, **kwargs):
        refuse(host.decode() if isinstance(host, bytes) else host)
        return getaddrinfo(host, *args, **kwargs)

    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    socket.getaddrinfo = lookup


_close_network()
del _close_network
