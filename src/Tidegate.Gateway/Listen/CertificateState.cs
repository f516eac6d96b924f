namespace Tidegate.Gateway.Listen;

/// <summary>Holds the certificates in force and reads them again when their files change. Running connections keep what they began with.</summary>
internal sealed partial class CertificateState : IAsyncDisposable
{
    // Certificates are renewed days ahead; two seconds is soon enough, and looking at a few file times costs nothing.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CertificateFolder _folder;
    private readonly Action<CertificateTable> _changed;
    private readonly ILogger _logger;
    private readonly PeriodicTimer _timer;
    private readonly Task _following;
    private volatile CertificateTable _current = CertificateTable.Empty;

    /// <summary>Reads the directory once, then follows it; <paramref name="changed"/> hears of every table, the first included.</summary>
    public CertificateState(string directory, Action<CertificateTable> changed, TimeProvider time, ILogger<CertificateState> logger)
    {
        _folder = new CertificateFolder(directory, logger);
        _changed = changed;
        _logger = logger;
        _timer = new PeriodicTimer(Interval, time);
        Refresh();
        _following = FollowAsync();
    }

    /// <summary>What new handshakes use.</summary>
    public CertificateTable Current => _current;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _following;
    }

    private async Task FollowAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            try
            {
                Refresh();
            }
            catch (Exception e)
            {
                Log.RefreshFailed(_logger, e);
            }
        }
    }

    private void Refresh()
    {
        if (_folder.Refresh() is not { } next) return;
        _changed(next);
        _current = next;
    }

    private static partial class Log
    {
        [LoggerMessage(1014, LogLevel.Error, "Reading certificates again failed; those in use stay, and the next look is in 2 s")]
        public static partial void RefreshFailed(ILogger logger, Exception exception);
    }
}
