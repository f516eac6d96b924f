using Tidegate.Platform.Audit;
using Tidegate.Platform.Security.Users;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security.Login;

/// <summary>
/// Failed logins in the audit trail, so few that strangers cannot grow it: the first failure of a row of failures, and the one with which waiting begins; at
/// most <see cref="MostPerHour"/> rows an hour on this node, the last of which says so. Every failure is in the log. Names that are no user's are not written:
/// people type passwords there.
/// </summary>
internal sealed partial class LoginAudit(AuditTrail audit, TimeProvider time, ILogger<LoginAudit> logger)
{
    public const int MostPerHour = 60;

    private readonly Lock _gate = new();
    private long _began = time.GetTimestamp();
    private int _rows;

    /// <summary>A login failed. <paramref name="user"/> is null when there is no such user.</summary>
    public async Task FailedAsync(User? user, string? address, LoginFailure failure)
    {
        var target = $"user/{user?.Name ?? "?"}";
        if (failure.OfAccount == 1) await WriteAsync("login.failed", target, address, null);
        if (failure.LocksAccount) await WriteAsync("login.locked", target, address, new { Failures = failure.OfAccount });
        if (failure.LocksNetwork) await WriteAsync("login.locked", $"address/{failure.Network}", address, null);
    }

    private async Task WriteAsync(string action, string target, string? address, object? after)
    {
        int row = Take();
        if (row > MostPerHour) return;
        if (row == MostPerHour) (action, target, after) = ("login.unlisted", "login/*", new { Reason = $"{MostPerHour} rows in an hour; further failures of this hour are in the log only" });
        try
        {
            // Not the request's cancellation: whoever hangs up early is written down too.
            await audit.AppendAsync(new AuditEntry(new Actor(ActorKind.Anonymous, "anonymous", null, address), action, target, null, after), CancellationToken.None);
        }
        catch (StateUnavailableException away)
        {
            Log.NotWritten(logger, action, target, address, away.Message);
        }
    }

    private int Take()
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_began) >= TimeSpan.FromHours(1)) (_began, _rows) = (time.GetTimestamp(), 0);
            // Stops counting, so that it cannot overflow.
            return _rows > MostPerHour ? _rows : ++_rows;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2205, LogLevel.Warning, "Not in the audit trail, the state database is away: {Action} {Target} from {Address}. {Reason}")]
        public static partial void NotWritten(ILogger logger, string action, string target, string? address, string reason);
    }
}
