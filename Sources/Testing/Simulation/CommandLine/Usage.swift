/// What `--help` prints.
package enum Usage {
  package static let overview = """
    lienthong-simulator: the partners of the gateway, on this machine, and the demo.

      lienthong-simulator portal …   a national portal of generation A
      lienthong-simulator agency …   an agency that speaks OpenCPS LGSP XML and reports back
      lienthong-simulator exchange … a server of the VXP wire, to which the gateway sends and where it fetches
      lienthong-simulator vxp …      an agency's system that exchanges edXML with a gateway's door
      lienthong-simulator service …  a partner that a file of Deploy/simulators describes
      lienthong-simulator story …    plays the demo against a running gateway with its simulators
      lienthong-simulator PARTNER …  the one of these that is the partner of this profile: dvcqg-a is the portal, oc-lgsp the
                                     agency, edxml-vxp the exchange, every other a service of Deploy/simulators

    Each command has --help. Simulators listen on 127.0.0.1 only, print their address to standard output and one line
    for each event to standard error (colour on a terminal; codes and counts, nothing of a citizen).

    Exit codes:
      0   done, or stopped in order by SIGTERM or SIGINT
      1   a step of the story did not happen in time
      2   the command line was not understood
      3   a file could not be read, or the port could not be had
      130 the story was ended by a signal

    """

  package static func text(of command: String) -> String? {
    switch command {
    case "portal": portal
    case "agency": agency
    case "service": service
    case "exchange": exchange
    case "story": story
    case "vxp": vxp
    default: nil
    }
  }

  private static let server = """
      --listen 127.0.0.1:PORT   where to listen; port 0 lets the kernel choose
      --fault-rate SHARE        the share of requests with a fault, from 0 to 1
      --faults MODE,MODE        which they are, each as likely as the others (slow,cut,error500,busy,garbage,halfAnswer);
                                down lasts a second
      --seed N                  what the faults are drawn from; drawn and printed when absent
      --mode JSON               how to behave from the start, as POST /_simulator/mode takes it

    For tests and the demo:
      GET  /_simulator/dossiers[/CODE]     what it holds, by codes and counts
      GET  /_simulator/received[?after=N]  what it received, byte for byte, in order
      GET  /_simulator/log[?after=N]       its events
      GET  /_simulator/mode                how it behaves
      POST /_simulator/mode                {"mode": M, "seconds": n, "next": n, "delay": s}
           M: ok  slow (delay)  down (refuses connections, needs seconds)  cut (reads, closes, no work done)
              silent (does the work, never answers)  error500  busy (503, Retry-After)  garbage (HTML)
              halfAnswer, wrongType, huge (do the work)  expired (forgets its sessions, does the work)
              repeated (comes twice)  overtaken (by the next)  skewed (503, a clock an hour behind)
              refuse  duplicate (in the partner's own tongue)
           seconds: how long it lasts; next: for how many requests; neither: until told otherwise

    """

  private static let service = """
    lienthong-simulator service PARTNER|FILE: a partner as Deploy/simulators/PARTNER.yaml, or another file, describes it.

    It lets nobody in without the right secret or session, holds every body to its schema, knows which dossiers it has,
    and answers in the partner's own words.

      --schemas DIR             the folder of schemas (Schemas)
      --secret NAME=file:PATH   in place of the invented one of the file
      --plan FILE               what it does by itself with what it takes, such as Deploy/demo/plans/ho-tich.yaml
      --gateway URL             where it reports to, such as http://127.0.0.1:8440; without it, it reports nothing
      --gateway-key-file FILE   the key it shows there
      POST /_simulator/boxes/NAME   hands in a document for those who ask

    """ + server

  private static let exchange = """
    lienthong-simulator exchange: a server of the VXP wire, which verifies every signature.

    /sendEdoc, and of what waits for the one system that it knows /getReceivedEdocList, /getEdoc, /updateStatus.

      --system ID               the system that it knows (T99.SYS)
      --secret-file FILE        its secret (bi-mat-mo-phong)
      POST /_simulator/boxes/edoc|status   hands in a document for it

    """ + server

  private static let portal = """
    lienthong-simulator portal: a national portal of generation A.

    POST /login, POST /service (LayThuTuc, LayDanhSachTTHC, LayDanhMucCoQuan, LayDanhMucLinhVuc, TraCuuHoSo,
    DongBoHoSoMC, CapNhatTienDoHoSoMC), POST /share (dictionaries only).

      --username NAME           who may log in (demo)
      --username-file FILE      the same, from a file
      --password-file FILE      the password (demo)
      --dstcode CODE            the header every call must bear
      --madonvi CODE            an agency that is let in; several times; without it, all are
      --session-life TIME       how long a session lives (30m)
      --sessions N              how many there are at a time; one more login ends the oldest (1000)
      --error-code FORM         rotating, number (0), text ("0") or doubleText ("00")
      --newer-fields            ask for the fields that only newer clients send
      --catalogue FILE          the dictionaries: {"thuTuc": […], "coQuan": […], "linhVuc": […]}

    """ + server

  private static let agency = """
    lienthong-simulator agency: an agency that speaks OpenCPS LGSP XML.

    POST …/Document/SyncDocument, POST …/Document/UpdateDocumentTraces, POST …/token.
    What it accepts it works on by a plan, and reports to the gateway (POST /v1/messages) until that accepts.

      --code CODE               the agency's code in its reports (H99.14)
      --name NAME               its name
      --api-key-file FILE       the key callers must show, and the one it shows to the gateway
      --api-key-header NAME     the header callers show it in (X-Api-Key)
      --client-id ID            a client that may fetch a token
      --client-secret-file FILE its secret
      --gateway URL             where it reports to, such as http://127.0.0.1:8440; without it, it reports nothing
      --gateway-key-file FILE   the key it shows there, where that is another one
      --plan FILE               its steps, in YAML: - { after: 2s, handler: …, comment: …, status: 4, result: FILE }

    """ + server

  private static let vxp = """
    lienthong-simulator vxp: an agency's system that exchanges edXML over the VXP wire, as the vendor's client does it.

    It sends its documents, then looks for what is there for it, fetches it, says that it has it (updateStatus done), and
    sends status messages back. It calls; nobody calls it.

      --gateway 127.0.0.1:PORT  where the gateway listens (8440)
      --path PATH               below which its door is (/vxp)
      --system ID               its system id, which is its agency's code
      --secret-file FILE        the secret that it signs with
      --name NAME               its name in status messages
      --send FILE               a document to send; several times
      --to CODE                 a receiver, for all of them; several times; without it, those of the documents
      --status CODE             a status message for each document it takes, such as 01, 03; several times
      --pause TIME              between two looks (2s)
      --rounds N                how often it looks, and then ends; without it, until a signal comes

    Exit code 1 says that a document was not taken, or that the gateway could not be asked.

    """

  private static let story = """
    lienthong-simulator story: plays the demo against a running gateway with its simulators.

      --site FOLDER             the site whose addresses and keys are used (Deploy/sites/demo)
      --gateway URL             where the gateway is, if not where the site says

    Exit code 1 says that a step did not happen in time; the last line says which.

    """
}
