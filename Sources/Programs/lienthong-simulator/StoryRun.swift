import Glibc
import ServiceKit
import Simulation
import ThreadKit

/// Plays the story from the command line; a signal ends it at once.
enum StoryRun {
  static func play(_ options: SimulatorCommand.StoryOptions, _ signals: ProcessSignals) -> Int32 {
    _ = WorkerThread(name: "signals") {
      _ = signals.next()
      _exit(130)
    }
    let teller: StoryTeller
    do {
      let plan = try StoryPlan.builtIn()
      let site = try StorySite(folder: options.site, plan: plan, gateway: options.gateway)
      teller = try StoryTeller(plan: plan, site: site, style: TerminalStyle(descriptor: STDOUT_FILENO)) {
        Main.say($0)
      }
    } catch {
      Main.complain("lienthong-simulator story: \(error)")
      return 3
    }
    do throws(StoryFailure) {
      try teller.play()
      return 0
    } catch {
      Main.complain("lienthong-simulator story: \(error.message)")
      return 1
    }
  }
}
