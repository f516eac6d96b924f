namespace Tidegate.Platform.Security;

/// <summary>Carries the first credentials to whoever shows them. They are in memory only, and only until taken.</summary>
public sealed class FirstLogin
{
    private readonly TaskCompletionSource<bool> _created = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FirstCredentials? _credentials;
    private Action? _shown;

    /// <summary>Completes when it is known whether this was the first start: true when <see cref="Take"/> has something. Waits as long as the state database is away.</summary>
    public Task<bool> Created => _created.Task;

    /// <summary>The credentials, once; null ever after and when this was not the first start.</summary>
    public FirstCredentials? Take() => Interlocked.Exchange(ref _credentials, null);

    /// <summary>Said after the credentials were shown: until then the next start makes new ones.</summary>
    public void Shown() => Interlocked.Exchange(ref _shown, null)?.Invoke();

    internal void Set(FirstCredentials? credentials, Action? shown)
    {
        _shown = shown;
        _credentials = credentials;
        _created.TrySetResult(credentials is not null);
    }
}

/// <summary>What the first start made. Show it once; only hashes are kept.</summary>
/// <param name="User">Name of the admin.</param>
/// <param name="Password">Random password.</param>
/// <param name="Token">API token of that admin.</param>
public sealed record FirstCredentials(string User, string Password, string Token);
