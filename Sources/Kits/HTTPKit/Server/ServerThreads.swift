import CMicrohttpd

/// The threads of a server that is started: one accepts connections, and each of the others serves its share of them.
struct ServerThreads {
  private let acceptor: Acceptor
  private let daemons: [ServerDaemon]

  /// Starts them all, or none. `core` must live until ``stop()``.
  init(configuration: HTTPServerConfiguration, core: ServerCore, listening socket: consuming ListeningSocket)
    throws(HTTPError)
  {
    if let tls = configuration.tls { try ServerCredentials.check(tls) }
    var daemons: [ServerDaemon] = []
    do throws(HTTPError) {
      for _ in 0..<configuration.threads { daemons.append(try ServerDaemon(configuration: configuration, core: core)) }
    } catch {
      for daemon in daemons { daemon.stop() }
      throw error
    }
    let shares = core.shares
    let acceptor = Acceptor(listening: socket, shares: shares) { [daemons] connection, thread in
      if !daemons[thread].serve(connection) { shares.giveBack(connection.descriptor) }
    }
    guard let acceptor else {
      for daemon in daemons { daemon.stop() }
      throw HTTPError(
        code: .cannotStart, message: "the system gives no thread that accepts connections; raise its limit")
    }
    self.acceptor = acceptor
    self.daemons = daemons
  }

  /// Stops accepting connections; peers that try are refused.
  func quiesce() { acceptor.stop() }

  /// Closes every connection and joins the threads. Needs ``quiesce()``; no connection may be suspended.
  func stop() { for daemon in daemons { daemon.stop() } }
}
