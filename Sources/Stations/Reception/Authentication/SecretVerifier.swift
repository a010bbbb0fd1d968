package import CryptographyKit
import Synchronization
import ThreadKit

/// Compares passwords with their stored form on a thread of its own, because that is made to be slow.
///
/// A pair that matched before matches at once: its keyed digest is remembered until the process ends. More than
/// `waitingLimit` comparisons at a time are turned away, so that a flood of guesses costs one core and no more.
package final class SecretVerifier: Sendable {
  package static let waitingLimit = 64
  private static let rememberedLimit = 1_024

  package enum Verdict: Sendable {
    case matches
    case differs
    /// Too many wait; ask again later.
    case busy
  }

  /// Compared with for a name that nobody has: the answer takes as long as for a known one, and so tells nothing about
  /// names. No password gives this hash.
  private static let decoy: PasswordHash = {
    let salt = String(repeating: "A", count: 22)
    let text = "pbkdf2-sha256$\(PasswordHash.standardIterations)$\(salt)$\(String(repeating: "A", count: 43))"
    guard let hash = try? PasswordHash(parsing: text) else { preconditionFailure("the decoy is no stored password") }
    return hash
  }()

  private struct Question: Sendable {
    let secret: String
    let hash: PasswordHash
    let answer: @Sendable (Verdict) -> Void
  }

  private let mailbox = Mailbox<Question>()
  private let waiting = Atomic<Int>(0)
  private let remembered = Mutex<Set<[UInt8]>>([])
  // What is remembered is worthless to whoever reads the memory of another process or a core file without this key.
  private let key = SecureRandom.bytes(32)
  private let thread = Mutex<WorkerThread?>(nil)

  package init() {
    let worker = WorkerThread(name: "secrets") { [self] in run() }
    thread.withLock { $0 = worker }
  }

  /// Calls `answer` once, on this or another thread. Without a stored form, for a name that nobody has, the answer is
  /// `differs`, and takes its time.
  package func verify(
    _ secret: String, against stored: PasswordHash?, then answer: @escaping @Sendable (Verdict) -> Void
  ) {
    let hash = stored ?? Self.decoy
    let digest = rememberedForm(of: secret, hash: hash)
    if remembered.withLock({ $0.contains(digest) }) { return answer(.matches) }
    guard waiting.add(1, ordering: .relaxed).newValue <= Self.waitingLimit else {
      done()
      return answer(.busy)
    }
    if !mailbox.put(Question(secret: secret, hash: hash, answer: answer)) {
      done()
      answer(.busy)
    }
  }

  /// Ends the thread after what waits.
  package func stop() {
    mailbox.close()
    thread.withLock { $0 }?.join()
  }

  private func run() {
    while !mailbox.isDrained {
      for question in mailbox.takeAll() {
        let matches = question.hash.isMatched(by: question.secret)
        if matches { remember(question) }
        done()
        question.answer(matches ? .matches : .differs)
      }
    }
  }

  private func done() { waiting.subtract(1, ordering: .relaxed) }

  private func remember(_ question: Question) {
    let digest = rememberedForm(of: question.secret, hash: question.hash)
    remembered.withLock { remembered in
      if remembered.count >= Self.rememberedLimit { remembered.removeAll() }
      remembered.insert(digest)
    }
  }

  private func rememberedForm(of secret: String, hash: PasswordHash) -> [UInt8] {
    HMACSHA256.code(of: Array((hash.text + "\u{0}" + secret).utf8), key: key)
  }
}
