using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Access;
using Tidegate.Platform.Security.Passwords;
using Tidegate.Platform.Security.Sessions;
using Tidegate.Platform.Security.Users;

namespace Tidegate.Platform.Security.Login;

/// <summary>
/// A login by password: 1. throttle; 2. one hash, of the user's or of nobody's, so that unknown names take as long; 3. one answer for
/// unknown, wrong and disabled; 4. session, audit row and renewed hash in one change; a failure is logged and, by <see cref="LoginAudit"/>, audited.
/// </summary>
internal sealed partial class LoginCheck(
    UserStore users, SessionStore sessions, LoginThrottle throttle, PasswordGate gate, LoginAudit audit, ILogger<LoginCheck> logger)
{
    /// <summary>The secret for the cookie, and the session. Throws <see cref="ProblemException"/> when refused.</summary>
    public async Task<(string Secret, Session Session)> LoginAsync(HttpContext context, string name, string password, CancellationToken cancel)
    {
        var address = context.Connection.RemoteIpAddress;
        if (throttle.Begin(AccountOf(name), address, out var failure) is { } wait) throw TooMany(context, wait, name);
        var user = UserName.IsValid(name) ? await users.FindAsync(name, cancel) : null;
        if (!await MatchesAsync(user, password, cancel) || user is null || user.Disabled) throw await RefusedAsync(context, name, user, failure);
        var renewed = gate.IsCurrent(user.PasswordHash) ? null : await gate.HashAsync(password, cancel);
        var begun = await sessions.BeginAsync(user.Name, address?.ToString(), renewed, cancel);
        throttle.Succeeded(AccountOf(name), address);
        return begun;
    }

    /// <summary>Proves the current password once more, before it is changed. Throttled like a login.</summary>
    public async Task ProveAsync(HttpContext context, User user, string password, CancellationToken cancel)
    {
        var address = context.Connection.RemoteIpAddress;
        if (throttle.Begin(AccountOf(user.Name), address, out var failure) is { } wait) throw TooMany(context, wait, user.Name);
        if (!await MatchesAsync(user, password, cancel)) throw await RefusedAsync(context, user.Name, user, failure);
        throttle.Succeeded(AccountOf(user.Name), address);
    }

    private async Task<bool> MatchesAsync(User? user, string password, CancellationToken cancel)
    {
        // Whatever is too long was never set; it is still hashed (cut), so that the answer takes its time.
        var tooLong = password.Length > PasswordRules.Longest;
        var matches = await gate.VerifyAsync(tooLong ? password[..PasswordRules.Longest] : password, user?.PasswordHash, cancel);
        return matches && !tooLong;
    }

    // Names that cannot exist share one count, so that they cannot fill the memory.
    private static string AccountOf(string name) => UserName.IsValid(name) ? name : "?";

    private async Task<ProblemException> RefusedAsync(HttpContext context, string name, User? user, LoginFailure failure)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        Log.Failed(logger, AccountOf(name), address);
        await audit.FailedAsync(user, address, failure);
        return new(new Problem { Status = StatusCodes.Status401Unauthorized, Code = "login_failed", Detail = "User name or password is wrong.", Action = "Check both; an admin can set a new password." });
    }

    private ProblemException TooMany(HttpContext context, TimeSpan wait, string name)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        Log.Locked(logger, AccountOf(name), context.Connection.RemoteIpAddress?.ToString(), seconds);
        LateHeader.Set(context, HeaderNames.RetryAfter, seconds.ToString(CultureInfo.InvariantCulture));
        return new(new Problem
        {
            Status = StatusCodes.Status429TooManyRequests, Code = "login_locked", Detail = $"Too many failed logins; wait {seconds} s.", Action = "Tokens and sessions go on working meanwhile.",
        });
    }

    private static partial class Log
    {
        [LoggerMessage(2203, LogLevel.Warning, "Login of {User} from {Address} failed")]
        public static partial void Failed(ILogger logger, string user, string? address);

        [LoggerMessage(2204, LogLevel.Warning, "Login of {User} from {Address} refused for another {Seconds} s after too many failures")]
        public static partial void Locked(ILogger logger, string user, string? address, int seconds);
    }
}
