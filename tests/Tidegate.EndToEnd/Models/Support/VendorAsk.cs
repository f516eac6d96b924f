namespace Tidegate.EndToEnd.Models.Support;

/// <summary>What a vendor was asked, found where its own documentation says it stands.</summary>
internal sealed record VendorAsk(string Model, bool Stream)
{
    /// <summary>Words of the instructions.</summary>
    public string System { get; init; } = "";

    /// <summary>Words of the last message of the user.</summary>
    public string Text { get; init; } = "";

    /// <summary>Names of the tools.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>What a tool answered; null when none did. The call it answers was checked to be there.</summary>
    public string? ToolResult { get; init; }

    /// <summary>Bytes of a picture; null when there is none.</summary>
    public byte[]? Image { get; init; }

    /// <summary>An answer of a schema is wanted.</summary>
    public bool HasSchema { get; init; }

    /// <summary>Texts to embed; null when that is not what is wanted.</summary>
    public IReadOnlyList<string>? Embed { get; init; }

    /// <summary>What all vendors answer to the same question.</summary>
    public VendorReply Reply() => this switch
    {
        { ToolResult: { } result } => new($"The tide is {result}."),
        { Tools.Count: > 0 } => new("", "get_tide", """{"port":"Kiel"}"""),
        { HasSchema: true } => new("""{"height":12}"""),
        { Image: { } image } => new($"A picture of {image.Length} bytes."),
        _ => new($"Grüße 🌊 {Text}"),
    };
}

/// <summary>What is answered: words, or the call of a tool.</summary>
internal sealed record VendorReply(string Text, string? Tool = null, string Arguments = "")
{
    /// <summary>The words in two pieces, as streams bring them.</summary>
    public string[] Pieces => Text.Length < 2 ? [Text] : [Text[..1], Text[1..]];

    /// <summary>The arguments in two pieces.</summary>
    public string[] ArgumentPieces => [Arguments[..4], Arguments[4..]];
}

/// <summary>A vendor was asked in words it does not document.</summary>
internal sealed class WireException(string message) : Exception(message);
