/// Where a PostgreSQL database is and how to log in.
///
/// It holds no secret: the password stays in its file and is read anew for each connection, so that it can be changed
/// without a restart. libpq's own environment variables (PGHOST, PGOPTIONS …) change nothing that is named here.
package struct PostgreSQLConfiguration: Sendable, Equatable {
  /// A server, or one of the servers of which one is the primary.
  package struct Host: Sendable, Equatable {
    /// A name, an address, or the absolute path of the folder with the server's Unix socket.
    package var name: String
    package var port: UInt16

    package init(_ name: String, port: UInt16 = 5432) {
      precondition(!name.isEmpty && !name.contains(","), "a host is one name, an address or a folder")
      self.name = name
      self.port = port
    }
  }

  package enum Password: Sendable, Equatable {
    /// The server lets the role in without one: a Unix socket with peer authentication, or a client certificate.
    case none
    /// A file that holds only the password; one line end at its end is left out.
    case file(String)
    /// A file of the form of `~/.pgpass` (https://www.postgresql.org/docs/15/libpq-pgpass.html), closed to others.
    case passfile(String)
  }

  package enum TLS: Sendable, Equatable {
    /// For Unix sockets and for networks that are protected by other means.
    case none
    /// Encrypted, and the server's certificate and its name are checked against the authorities in the file.
    case verified(authorities: String, certificate: String? = nil, key: String? = nil)
  }

  package enum Access: Sendable, Equatable {
    /// Only a server that takes changes: of several hosts the primary is found, a standby is passed over.
    case readWrite
    /// Any server that answers.
    case any
  }

  /// They are tried in this order.
  package var hosts: [Host]
  package var database: String
  package var user: String
  package var password: Password
  package var tls: TLS
  package var access = Access.readWrite
  /// Refuses a server that acknowledges commits without a synchronous standby having them.
  package var requiresSynchronousStandby = false
  /// What the server's views call the connection.
  package var applicationName = "lienthong"
  package var limits = PostgreSQLLimits()

  package init(
    hosts: [Host], database: String, user: String, password: Password = .none, tls: TLS = .none
  ) {
    precondition(!hosts.isEmpty, "at least one host is named")
    self.hosts = hosts
    self.database = database
    self.user = user
    self.password = password
    self.tls = tls
  }

  /// The database as error messages name it.
  package var place: String {
    "\(database) at " + hosts.map { "\($0.name):\($0.port)" }.joined(separator: ", ")
  }
}
