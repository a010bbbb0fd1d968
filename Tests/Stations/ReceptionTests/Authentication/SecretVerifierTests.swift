import CryptographyKit
import GatewayTesting
import Glibc
import Reception
import Synchronization
import Testing

@Suite("Comparing passwords", .timeLimit(.minutes(2)))
struct SecretVerifierTests {
  private static let hash = Result { try PasswordHash(password: "đúng", iterations: PasswordHash.minimumIterations) }

  private func verdict(_ verifier: SecretVerifier, _ secret: String) throws -> SecretVerifier.Verdict {
    let awaited = Awaited<SecretVerifier.Verdict>()
    verifier.verify(secret, against: try Self.hash.get()) { awaited.bring($0) }
    return try #require(awaited.get())
  }

  @Test("the right password matches, again and again; another one differs, also after the right one")
  func verdicts() throws {
    let verifier = SecretVerifier()
    defer { verifier.stop() }
    #expect(try verdict(verifier, "sai") == .differs)
    #expect(try verdict(verifier, "đúng") == .matches)
    #expect(try verdict(verifier, "đúng") == .matches)
    #expect(try verdict(verifier, "đúng ") == .differs)
    #expect(try verdict(verifier, "") == .differs)
  }

  @Test("what matched under one stored form is not taken for a match under another")
  func rememberedWithItsHash() throws {
    let verifier = SecretVerifier()
    defer { verifier.stop() }
    #expect(try verdict(verifier, "đúng") == .matches)
    let other = try PasswordHash(password: "khác", iterations: PasswordHash.minimumIterations)
    let awaited = Awaited<SecretVerifier.Verdict>()
    verifier.verify("đúng", against: other) { awaited.bring($0) }
    #expect(awaited.get() == .differs)
  }

  @Test("a name that nobody has is compared as well, differs whatever the secret, and is answered by the slow thread")
  func unknownName() throws {
    let verifier = SecretVerifier()
    defer { verifier.stop() }
    let awaited = Awaited<SecretVerifier.Verdict>()
    let isCaller = ThreadMark()
    verifier.verify("", against: nil) { verdict in
      isCaller.note()
      awaited.bring(verdict)
    }
    #expect(awaited.get() == .differs)
    #expect(!isCaller.wasCaller)
  }

  /// Notes whether the answer came on the thread that asked.
  private final class ThreadMark: Sendable {
    private let own = pthread_self()
    private let same = Atomic<Bool>(false)
    func note() { same.store(pthread_equal(own, pthread_self()) != 0, ordering: .relaxed) }
    var wasCaller: Bool { same.load(ordering: .relaxed) }
  }

  @Test("as many as the limit wait; one more is turned away at once, and room is made when they are done")
  func limit() throws {
    let verifier = SecretVerifier()
    defer { verifier.stop() }
    let hash = try Self.hash.get()
    // The verifier's one thread is held in its first answer, so that everything after it waits.
    let isHeld = Awaited<Bool>()
    let release = Awaited<Bool>()
    verifier.verify("đúng", against: hash) { _ in
      isHeld.bring(true)
      _ = release.get(within: 60)
    }
    #expect(isHeld.get() == true)
    let answers = (0..<SecretVerifier.waitingLimit).map { _ in Awaited<SecretVerifier.Verdict>() }
    for (number, answer) in answers.enumerated() {
      verifier.verify("sai \(number)", against: hash) { answer.bring($0) }
    }
    #expect(answers.allSatisfy { $0.get(within: 0) == nil })
    let extra = Awaited<SecretVerifier.Verdict>()
    verifier.verify("sai", against: hash) { extra.bring($0) }
    #expect(extra.get(within: 1) == .busy)
    // What matched before needs no thread.
    #expect(try verdict(verifier, "đúng") == .matches)
    release.bring(true)
    #expect(answers.allSatisfy { $0.get(within: 60) == .differs })
    #expect(try verdict(verifier, "sai") == .differs)
  }

  @Test("after the stop nothing is compared any more, and everybody is told")
  func stopped() throws {
    let verifier = SecretVerifier()
    verifier.stop()
    #expect(try verdict(verifier, "đúng") == .busy)
  }
}
