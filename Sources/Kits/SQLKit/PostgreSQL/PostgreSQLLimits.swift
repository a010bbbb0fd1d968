/// How long a PostgreSQL connection waits and how much it keeps under way.
package struct PostgreSQLLimits: Sendable, Equatable {
  /// For each host of the list: from the first packet to the finished login. libpq takes whole seconds, 2 at least.
  package var connect = Duration.seconds(5)
  /// One statement on the server (`statement_timeout`). A COMMIT that waits for a standby is not held to it.
  package var statement = Duration.seconds(30)
  /// Waiting for a lock on the server (`lock_timeout`).
  package var lock = Duration.seconds(10)
  /// A transaction in which this side does nothing, after which the server undoes it and closes the connection
  /// (`idle_in_transaction_session_timeout`): a node that hangs must not keep its locks.
  package var idleInTransaction = Duration.seconds(60)
  /// Waiting for the next answer of the server on this side, a COMMIT that waits for its standby included. Longer than
  /// `statement`, so that the server speaks first. When it passes the connection is given up.
  package var answer = Duration.seconds(45)
  /// A step of a migration, which may rewrite a large table; it is held neither to `statement` nor to `answer`.
  package var migration = Duration.seconds(3_600)

  /// Bytes sent and not acknowledged by the other machine, before the kernel gives the connection up
  /// (`TCP_USER_TIMEOUT`).
  package var unacknowledged = Duration.seconds(15)
  /// Silence before the kernel asks whether the other machine is still there, and between two questions.
  package var keepaliveIdle = Duration.seconds(10)
  package var keepaliveInterval = Duration.seconds(5)
  /// Questions without an answer after which the connection is given up.
  package var keepaliveCount = 3

  /// Statements sent ahead without having read what became of them. Each side's memory is bounded by this and the next.
  package var pipelinedStatements = 256
  /// Bytes of values sent ahead; one larger value goes alone.
  package var pipelinedBytes = 1_048_576

  package init() {}
}
