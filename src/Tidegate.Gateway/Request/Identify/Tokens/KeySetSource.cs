namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>
/// An issuer's key set, kept at hand. It is read again when it is old, in the background, and when a token names a key that is not in it, at most every ten
/// seconds: only such a call waits. While the issuer is down the last set goes on being used.
/// </summary>
internal sealed partial class KeySetSource(IKeySetReader reader, TimeSpan maxAge, TimeProvider time, ILogger logger)
{
    /// <summary>Least time between two readings, whoever asks for them: strangers choose the key ids in their tokens.</summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private volatile KeySet? _current;
    private Task _reading = Task.CompletedTask;
    private long _readAt, _triedAt;
    private bool _tried;

    /// <summary>The set in use; null before the first was read.</summary>
    public KeySet? Current => _current;

    /// <summary>Begins to read the first set, so that the first call need not wait for it.</summary>
    public void Warm()
    {
        if (_current is null) _ = Refresh();
    }

    /// <summary>The set for a token with this key id: at once when it is there, else after one reading that all who wait share.</summary>
    public async ValueTask<KeySet?> ForAsync(string? kid, CancellationToken cancel)
    {
        if (_current is { } current && current.Has(kid))
        {
            if (time.GetElapsedTime(Volatile.Read(ref _readAt)) >= maxAge) _ = Refresh();
            return current;
        }

        await Refresh().WaitAsync(cancel);
        return _current;
    }

    private Task Refresh()
    {
        lock (_gate)
        {
            if (!_reading.IsCompleted || (_tried && time.GetElapsedTime(_triedAt) < MinInterval)) return _reading;
            _tried = true;
            _triedAt = time.GetTimestamp();
            return _reading = ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        // The caller holds the lock: leave it before anything slow.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var text = await reader.ReadAsync(CancellationToken.None);
            var known = _current;
            // The same document keeps the same set, and with it what was verified by it.
            if (known is null || known.Text != text)
            {
                var next = KeySet.Parse(text);
                if (next.Count == 0 && known is not null)
                {
                    Log.Empty(logger, reader.Location);
                    return;
                }

                _current = next;
                Log.Read(logger, reader.Location, next.Count);
            }

            Volatile.Write(ref _readAt, time.GetTimestamp());
        }
        catch (Exception e)
        {
            Log.Failed(logger, reader.Location, e.Message, _current is not null);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Information, "Key set {Location} has {Count} keys")]
        public static partial void Read(ILogger logger, string location, int count);

        [LoggerMessage(1202, LogLevel.Warning, "Key set {Location} cannot be read: {Reason} The last one goes on being used: {HasOld}")]
        public static partial void Failed(ILogger logger, string location, string reason, bool hasOld);

        [LoggerMessage(1203, LogLevel.Warning, "Key set {Location} has no key that can verify tokens; the last one goes on being used")]
        public static partial void Empty(ILogger logger, string location);
    }
}
