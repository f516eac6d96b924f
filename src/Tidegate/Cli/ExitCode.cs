namespace Tidegate.Cli;

/// <summary>How <c>tidegate</c> ends. Scripts rely on these numbers: never change one, add new ones. Shown by <c>tidegate --help</c> and docs/guides/cli.md.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>Failed for a reason none of the others names.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the process settings are wrong.</summary>
    public const int Usage = 2;

    /// <summary>The admin API did not answer.</summary>
    public const int Unreachable = 3;

    /// <summary>Not signed in, or not allowed.</summary>
    public const int Refused = 4;

    /// <summary>Somebody else changed it first, or its state does not allow it.</summary>
    public const int Conflict = 5;

    /// <summary>The document or request has errors; all of them are listed.</summary>
    public const int Invalid = 6;

    /// <summary>There is no such object.</summary>
    public const int NotFound = 7;

    /// <summary>A check was made, and it found what it looks for: differences, an altered audit row, a failed verification.</summary>
    public const int Found = 8;

    /// <summary>The release gate denies, somebody else holds the split, a canary is worse, or a rollout was taken back: a pipeline stops here.</summary>
    public const int Denied = 9;

    /// <summary><c>serve</c>: an address cannot be listened on.</summary>
    public const int AddressInUse = 10;

    /// <summary><c>serve</c>: the data directory cannot be written, or another instance holds it.</summary>
    public const int DataDirectory = 11;

    /// <summary>A canary could not be judged yet, or a rollout was not decided in the time given.</summary>
    public const int Undecided = 12;

    /// <summary>Ended by Ctrl-C before it was done (128 + SIGINT, as shells do).</summary>
    public const int Interrupted = 130;

    /// <summary>All of them, for help and documentation.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Ok, "done"),
        (Failed, "failed"),
        (Usage, "wrong command line or settings"),
        (Unreachable, "the admin API did not answer"),
        (Refused, "not signed in, or not allowed"),
        (Conflict, "somebody else changed it first"),
        (Invalid, "the document or request has errors"),
        (NotFound, "there is no such object"),
        (Found, "a check found something (differences, an altered row)"),
        (Denied, "the release gate denies, an overlay holds the split, a canary is worse, or a rollout was taken back"),
        (AddressInUse, "serve: an address cannot be listened on"),
        (DataDirectory, "serve: the data directory cannot be used"),
        (Undecided, "a canary or a rollout is not decided yet"),
        (Interrupted, "interrupted"),
    ];
}
