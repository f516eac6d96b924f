using Microsoft.Extensions.Hosting;
using Tidegate.Core.Resources;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.ConfigStore.Watching;

/// <summary>
/// A directory as the source of the configuration: applied at start when it says something else than what is in force, and again on every change
/// when it is watched. A bad document is reported and leaves the old one serving; the next good one is applied.
/// </summary>
internal sealed partial class DirectorySource(ProcessOptions options, RevisionStore revisions, ConfigDirectoryState state, TimeProvider time, ILogger<DirectorySource> logger) : BackgroundService
{
    // Polling sees what notifications miss: network file systems, swapped symbolic links of mounted config maps.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly Actor Author = Actor.System("directory");

    private string? _applied;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.ConfigDirectory is not null) await TryApplyAsync(Signature(), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.ConfigDirectory is null) return;
        string? seen = null;
        using var tick = new PeriodicTimer(Interval, time);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            if (!options.Watch && _applied is not null) return;
            var now = Signature();
            // Two looks that agree: whoever is writing has finished.
            if (now != _applied && now == seen) await TryApplyAsync(now, stoppingToken);
            seen = now;
        }
    }

    private async Task TryApplyAsync(string signature, CancellationToken cancel)
    {
        var path = options.ConfigDirectory!;
        try
        {
            var texts = ConfigDirectory.Read(path);
            if (texts.Count == 0)
            {
                Log.Empty(logger, path);
            }
            else
            {
                var applied = await revisions.ApplyAsync(new Candidate { Texts = texts, Message = $"From {path}" }, Author, cancel);
                foreach (var finding in applied.Findings) Log.Found(logger, finding);
                if (applied.Changed) Log.Applied(logger, path, applied.Revision.Number, applied.Revision.Summary);
            }

            _applied = signature;
            state.Refused = null;
        }
        catch (ProblemException refused)
        {
            // Not again until the files change: the answer would be the same.
            _applied = signature;
            Refuse(refused.Problem.Findings ?? [Error("refused", refused.Problem.Detail)]);
            Log.Refused(logger, path, refused.Problem.Detail);
            foreach (var finding in refused.Problem.Findings ?? []) Log.Found(logger, finding);
        }
        catch (StateUnavailableException away)
        {
            Log.Waiting(logger, path, away.Message);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Refuse([Error("unreadable", unreadable.Message)]);
            Log.Unreadable(logger, path, unreadable.Message);
        }
    }

    private void Refuse(IReadOnlyList<Finding> findings) => state.Refused = new Rejection(time.GetUtcNow(), Author.Name, findings);

    private static Finding Error(string code, string message) => new(FindingSeverity.Error, code, "", "", message, null);

    /// <summary>Changes when a file is added, removed or written.</summary>
    private string Signature()
    {
        try
        {
            return string.Join('\n', ConfigDirectory.Files(options.ConfigDirectory!).Select(f => new FileInfo(f)).Select(f => $"{f.FullName} {f.Length} {f.LastWriteTimeUtc.Ticks}"));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return unreadable.Message;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2320, LogLevel.Information, "Configuration from {Path} applied as revision {Revision}: {Summary}")]
        public static partial void Applied(ILogger logger, string path, long revision, string summary);

        [LoggerMessage(2321, LogLevel.Error, "Configuration from {Path} refused: {Reason} What was in force goes on serving.")]
        public static partial void Refused(ILogger logger, string path, string reason);

        [LoggerMessage(2322, LogLevel.Warning, "{Finding}")]
        public static partial void Found(ILogger logger, Finding finding);

        [LoggerMessage(2323, LogLevel.Warning, "Configuration from {Path} waits for the state database: {Reason}")]
        public static partial void Waiting(ILogger logger, string path, string reason);

        [LoggerMessage(2324, LogLevel.Error, "Configuration cannot be read from {Path}: {Reason}")]
        public static partial void Unreadable(ILogger logger, string path, string reason);

        [LoggerMessage(2325, LogLevel.Warning, "No *.yaml, *.yml or *.json below {Path}: what is in force stays")]
        public static partial void Empty(ILogger logger, string path);
    }
}
