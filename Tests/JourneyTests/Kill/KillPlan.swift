import Glibc

/// How often gateways are killed, and with which chance: `KILL_ROUNDS` and `KILL_SEED` in the environment; both are
/// printed by every run.
enum KillPlan {
  static let rounds = number("KILL_ROUNDS")
  static let seed = UInt64(number("KILL_SEED") ?? 20_260_101)

  private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
}
