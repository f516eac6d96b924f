using Microsoft.AspNetCore.Http;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Security.Passwords;

/// <summary>
/// Hashing is meant to be expensive, and anybody may ask for it: without a bound, a flood of logins would take the processors from the traffic.
/// One hash at a time, a short queue, then 429.
/// </summary>
/// <param name="cost">What a new hash costs.</param>
/// <param name="verify">Compares a password with a stored hash; tests count what it is asked, as time cannot be trusted.</param>
internal sealed class PasswordGate(PasswordCost cost, Func<string, string, bool> verify) : IDisposable
{
    private const int LongestQueue = 20;
    private readonly SemaphoreSlim _one = new(1);
    private readonly string _nobody = PasswordHash.OfNobody(cost.Iterations);
    private int _waiting;

    /// <summary>Null for <paramref name="stored"/> is a user that does not exist: takes as long, and is false.</summary>
    public Task<bool> VerifyAsync(string password, string? stored, CancellationToken cancel) =>
        RunAsync(() => verify(password, stored ?? _nobody) && stored is not null, cancel);

    public Task<string> HashAsync(string password, CancellationToken cancel) => RunAsync(() => PasswordHash.Create(password, cost.Iterations), cancel);

    public bool IsCurrent(string stored) => PasswordHash.IsCurrent(stored, cost.Iterations);

    public void Dispose() => _one.Dispose();

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _waiting) > LongestQueue)
        {
            Interlocked.Decrement(ref _waiting);
            throw new ProblemException(new Problem
            {
                Status = StatusCodes.Status429TooManyRequests, Code = "login_busy", Detail = "Too many logins are being checked at once.", Action = "Try again in a few seconds.",
            });
        }

        try
        {
            await _one.WaitAsync(cancel);
            try
            {
                return work();
            }
            finally
            {
                _one.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
