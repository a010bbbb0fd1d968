import DossierModel
import GatewayTesting
import HTTPKit
import ServiceKit
import Testing

@testable import Delivery

@Suite("Requests signed by Standard Webhooks")
struct WebhookSignerTests {
  private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  @Test("the signature of the standard's own example comes out")
  func example() throws {
    let signer = try #require(WebhookSigner(secret: Self.secret))
    var headers = HTTPHeaders()
    signer.sign(
      &headers, Array(#"{"test": 2432232314}"#.utf8), id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      at: Timestamp(seconds: 1_614_265_330))
    #expect(headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek")
    #expect(headers["webhook-timestamp"] == "1614265330")
    #expect(headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test(
    "a secret that is none of the standard's is refused",
    arguments: ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%", "whsec_", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa=="])
  func wrongSecret(secret: String) {
    #expect(WebhookSigner(secret: secret) == nil)
    #expect(WebhookSigner(secret: Self.secret) != nil)
  }
}
