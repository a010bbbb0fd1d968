import CMicrohttpd
import Glibc

/// The other end's address as text.
enum PeerAddress {
  /// What `write` writes into the memory it is given; “unknown” where it says that it cannot.
  static func text(_ write: (UnsafeMutablePointer<CChar>, socklen_t) -> Bool) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
      write(text.baseAddress!, socklen_t(text.count)) ? String(cString: text.baseAddress!) : "unknown"
    }
  }
}
