"""A system built on a SOAP stack: zeep, which knows nothing of the service but the WSDL that it publishes.

    soap_zeep.py Soap11|Soap12 < configuration.json

The configuration has `public` (the address that the WSDL is to name), `host` and `port` (where that is reached here), `path`,
`client` and `secret` (an OAuth client's), `agency` (an agency's API key), `dossier` (its code), `document` and `other` (JSON),
`report` and `result` (the agency's XML, the second with a place for an attachment), `attachment` (its bytes) and `beyond` (the
bytes of a document that is larger than one may be).
Every call prints one line of JSON; the exit code is 0 when all of them were made.
"""

import base64
import json
import sys

import requests
import zeep
import zeep.exceptions
import zeep.wsse.username
from lxml import etree
from requests.adapters import HTTPAdapter

NAMESPACE = "urn:lienthong:soap:1"


class Road(HTTPAdapter):
    """The way to a public address from here, in place of its name server."""

    def __init__(self, public, real):
        super().__init__()
        self.public, self.real = public, real

    def send(self, request, **options):
        assert request.url.startswith(self.public)
        request.url = self.real + request.url[len(self.public):]
        return super().send(request, **options)


def tell(step, **what):
    print(json.dumps({"step": step, **what}, ensure_ascii=False, default=str), flush=True)


class Caller:
    def __init__(self, configuration, port, headers=None, auth=None, wsse=None):
        session = requests.Session()
        session.trust_env = False
        session.headers.update(headers or {})
        session.auth = auth
        public = configuration["public"]
        session.mount(public, Road(public, "http://%s:%d" % (configuration["host"], configuration["port"])))
        transport = zeep.Transport(session=session, timeout=30, operation_timeout=30)
        self.client = zeep.Client(public + configuration["path"] + "?wsdl", transport=transport, wsse=wsse)
        self.service = self.client.bind("LienThong", port)

    def call(self, step, operation, extra=None, **values):
        """The answer; what it was, or the fault, is told."""
        try:
            answer = self.service[operation](**values, **(extra or {}))
        except zeep.exceptions.Fault as fault:
            self.tell_fault(step, fault)
            return None
        told = zeep.helpers.serialize_object(answer, dict)
        if isinstance(told, dict):
            tell(step, **{"answer": told})
        else:
            tell(step, value=told if isinstance(told, str) else None, count=len(told) if isinstance(told, list) else None)
        return answer

    def tell_fault(self, step, fault):
        refusal = None
        if fault.detail is not None and len(fault.detail):
            refusal = zeep.helpers.serialize_object(self.client.wsdl.types.deserialize(fault.detail[0]), dict)
        subcodes = [str(code) for code in fault.subcodes or []]
        tell(step, fault=fault.code, subcodes=subcodes, reason=fault.message, refusal=refusal)


def main():
    configuration = json.load(sys.stdin)
    port = sys.argv[1]
    document = configuration["document"].encode("utf-8")
    name, secret = configuration["client"], configuration["secret"]
    # What either stack has a setting for: a user name in HTTP, or in the envelope.
    identity = {"auth": (name, secret)}
    if port == "Soap12":
        identity = {"wsse": zeep.wsse.username.UsernameToken(name, secret)}
    sender = Caller(configuration, port, **identity)
    agency = Caller(configuration, port, headers={"X-Api-Key": configuration["agency"]})

    receipt = sender.call("send", "SendMessage", key="k1", format="json", content=document)
    sender.call("send again", "SendMessage", key="k1", format="json", content=document)
    sender.call("key reused", "SendMessage", key="k1", format="json", content=configuration["other"].encode("utf-8"))
    sender.call("invalid", "SendMessage", format="json", content=b'{"MaHoSo":"x","MaTTHC":"y"}')
    sender.call("unreadable", "SendMessage", format="xml", content=b"<!DOCTYPE a><a/>")
    sender.call("message", "GetMessage", id=receipt["id"])
    sender.call("dossier", "GetDossier", dossier=configuration["dossier"])
    sender.call("nothing", "GetDossier", dossier="H99.14-260101-9999")
    header = etree.Element("{urn:somebody}Transaction")
    header.set("{%s}mustUnderstand" % namespace(port), "1")
    sender.call("must understand", "FetchInbox", {"_soapheaders": [header]})

    waiting = agency.call("inbox", "FetchInbox", limit=10) or []
    for message in waiting:
        root = etree.fromstring(message["content"], etree.XMLParser(huge_tree=True))
        tell("waiting", delivery=message["delivery"], dossier=message["dossier"], type=message["type"], format=message["format"], root=root.tag)
        agency.call("acknowledge", "AcknowledgeDelivery", delivery=message["delivery"])
    agency.call("inbox again", "FetchInbox")
    agency.call("acknowledge nothing", "AcknowledgeDelivery", delivery="4711")
    agency.call("report", "SendMessage", format="xml", content=configuration["report"].encode("utf-8"))

    attachment = base64.b64encode(b"%PDF" * (configuration["attachment"] // 4)).decode("ascii")
    large = configuration["result"].replace("{attachment}", attachment)
    agency.call("attachment", "SendMessage", format="xml", content=large.encode("utf-8"))
    agency.call("too large", "SendMessage", format="xml", content=b" " * configuration["beyond"])

    stranger = Caller(configuration, port, auth=(name, "sai"))
    stranger.call("stranger", "FetchInbox")


def namespace(port):
    return {
        "Soap11": "http://schemas.xmlsoap.org/soap/envelope/",
        "Soap12": "http://www.w3.org/2003/05/soap-envelope",
    }[port]


if __name__ == "__main__":
    main()
