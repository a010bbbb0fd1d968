import Gateway
import GatewayTesting
import Testing

@Suite("A site's files")
struct SiteTests {
  private func errors(_ change: (TestSite) -> Void) -> String {
    let test = TestSite()
    change(test)
    do throws(SiteErrors) {
      _ = try SitePlan(try Site(folder: test.site))
      return ""
    } catch {
      return error.description
    }
  }

  @Test("that hold together make a plan, the demo's among them")
  func demo() throws {
    let site = try Site(folder: TestFiles.projectRoot + "/Deploy/sites/demo")
    let plan = try SitePlan(site)
    #expect(site.parties.count == 5)
    #expect(plan.summary.contains("‘demo’ holds together: 5 parties (3 pushed to, 1 pulling)"))
  }

  @Test("are named with line and column, all of them at once, where they are wrong")
  func allErrorsAtOnce() {
    let text = errors { test in
      TestFiles.write("gateway: x\nlisten: nowhere\ncatalogue: /\nport: 1\n", to: test.site + "/gateway.yaml")
      TestFiles.write("party: a\nnam: b\n", to: test.site + "/parties/cong.yaml")
    }
    #expect(text.contains("gateway.yaml:2:9: "))
    #expect(text.contains("127.0.0.1:8440"))
    #expect(text.contains("gateway.yaml:4:1: "))
    #expect(text.contains("parties/cong.yaml:"))
    #expect(text.contains("name"))
  }

  @Test("are refused when a route leads to nobody, or to somebody who does not receive that")
  func routes() {
    let text = errors { test in
      TestFiles.write(
        """
        routes:
          - { name: a, message: dossier, to: [nobody] }
          - { name: b, message: dossier, from: [ghost], to: [van-hanh] }
        """, to: test.site + "/routes.yaml")
    }
    #expect(text.contains("routes.yaml:2:5: the route ‘a’ leads to ‘nobody’, who is no party here"))
    #expect(text.contains("the party ‘van-hanh’ receives no dossier"))
    #expect(text.contains("the route ‘b’ is for ‘ghost’, who is no party here"))
  }

  @Test("are refused when a route's condition is no XPath")
  func condition() {
    let text = errors { test in
      TestFiles.write(
        "routes:\n  - { name: a, message: dossier, when: \"code = \", to: [cong] }\n", to: test.site + "/routes.yaml")
    }
    #expect(text.contains("route 'a'"))
  }

  @Test("take stored forms of secrets only, never the secrets themselves")
  func secrets() {
    let text = errors { test in
      TestFiles.write(
        """
        party: mot-cua
        name: x
        credentials:
          - apiKey: "plain-key"
          - session: { username: u, password: "plain-password" }
          - { certificate: "sha256:00" }
          - { token: x }
        """, to: test.site + "/parties/mot-cua.yaml")
    }
    #expect(text.contains("parties/mot-cua.yaml:4:13: "))
    #expect(text.contains("lienthong secret"))
    #expect(!text.contains("plain-key") && !text.contains("plain-password"))
    #expect(text.contains("this is no credential"))
  }

  @Test("are refused when a message type or a profile is named that no file describes")
  func unknownNames() {
    let text = errors { test in
      TestFiles.write(
        "party: x\nname: x\nsends: [dvcqg-a/ho-sơ]\nreceives: { profile: dvcqg-b, pull: true }\n",
        to: test.site + "/parties/x.yaml")
    }
    #expect(text.contains("no profile has the message type ‘dvcqg-a/ho-sơ’"))
    #expect(text.contains("there is no profile ‘dvcqg-b’"))
  }

  @Test("are refused when a secret's file is missing, without naming what would be in it")
  func missingSecret() {
    let test = TestSite(portal: 9)
    unlinkFile(test.site + "/secrets/password")
    var text = ""
    do throws(SiteErrors) { _ = try SitePlan(try Site(folder: test.site)) } catch { text = error.description }
    #expect(text.contains("parties/cong.yaml:"))
    #expect(text.contains("password"))
  }
}
