namespace Tidegate.EndToEnd.Support;

/// <summary>How a node is started; see <c>tidegate serve --help</c>.</summary>
internal sealed record TidegateSetup
{
    /// <summary>Where it keeps its data; given by the test when a second start is to find it again.</summary>
    public required string Data { get; init; }

    /// <summary>Directory of documents, for <c>--config</c>.</summary>
    public string? Config { get; init; }

    /// <summary>For <c>--upstream</c>.</summary>
    public Uri? Upstream { get; init; }

    /// <summary>Traffic addresses; port 0 is a free one.</summary>
    public IReadOnlyList<Uri> Listen { get; init; } = [new("http://127.0.0.1:0")];

    /// <summary>Admin address; port 0 is a free one.</summary>
    public Uri Admin { get; init; } = new("http://127.0.0.1:0");

    /// <summary>More flags.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>More variables; null takes one out.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Token of an earlier start on the same data: it is printed only once.</summary>
    public string? Token { get; init; }

    /// <summary>A command line of the test's own, instead of <c>serve</c> with the above.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The command line.</summary>
    public IEnumerable<string> Arguments => Command ??
    [
        "serve", "--data", Data, "--admin", Text(Admin), .. Listen.SelectMany(address => new[] { "--listen", Text(address) }),
        .. Config is null ? Array.Empty<string>() : ["--config", Config],
        .. Upstream is null ? Array.Empty<string>() : ["--upstream", Upstream.AbsoluteUri],
        .. Flags,
    ];

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
