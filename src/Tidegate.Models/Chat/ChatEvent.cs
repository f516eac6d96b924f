namespace Tidegate.Models.Chat;

/// <summary>
/// One event of a streamed answer. Order: <see cref="Started"/>, then deltas, then one <see cref="Finished"/> per choice, <see cref="Used"/> anywhere (later ones
/// replace earlier ones). <see cref="Failed"/> ends a stream at any place. A stream without any <see cref="Finished"/> is truncated.
/// </summary>
public abstract record ChatEvent
{
    /// <summary>Index of the answer it belongs to, for requests of several.</summary>
    public int Choice { get; init; }

    /// <summary>True for events that show the caller something of the answer: the first one is the commit point and the first token.</summary>
    public virtual bool IsContent => false;
}

/// <summary>The provider has begun.</summary>
/// <param name="Id">Id it gave; may be empty.</param>
/// <param name="Model">Model in its words; may be empty.</param>
/// <param name="Created">Unix seconds; null when it does not say.</param>
public sealed record Started(string Id, string Model, long? Created = null) : ChatEvent;

/// <summary>More text. Empty deltas are not reported.</summary>
/// <param name="Text">The text.</param>
public sealed record TextDelta(string Text) : ChatEvent
{
    /// <inheritdoc/>
    public override bool IsContent => true;

    /// <summary>Log probabilities of its tokens; empty when not asked for.</summary>
    public IReadOnlyList<TokenLogprob> Logprobs { get; init; } = [];
}

/// <summary>More thoughts.</summary>
/// <param name="Text">Thoughts or summary; may be empty beside a signature.</param>
public sealed record ReasoningDelta(string Text) : ChatEvent
{
    /// <inheritdoc/>
    public override bool IsContent => true;

    /// <summary>Signature over the thoughts so far: ends their block.</summary>
    public string? Signature { get; init; }

    /// <summary>Encrypted thoughts: a block of its own.</summary>
    public string? Redacted { get; init; }
}

/// <summary>More words of declining.</summary>
/// <param name="Text">The words.</param>
public sealed record RefusalDelta(string Text) : ChatEvent
{
    /// <inheritdoc/>
    public override bool IsContent => true;
}

/// <summary>A tool call begins.</summary>
/// <param name="Call">Index of the tool call within the answer, from 0.</param>
/// <param name="Id">Id of the call.</param>
/// <param name="Name">Name of the tool.</param>
public sealed record ToolCallStarted(int Call, string Id, string Name) : ChatEvent
{
    /// <inheritdoc/>
    public override bool IsContent => true;

    /// <summary>See <see cref="ToolCallPart.Signature"/>.</summary>
    public string? Signature { get; init; }
}

/// <summary>More of a tool call's arguments.</summary>
/// <param name="Call">Index of the tool call.</param>
/// <param name="Json">A piece of JSON text; joined in order they are the arguments.</param>
public sealed record ToolArgumentsDelta(int Call, string Json) : ChatEvent
{
    /// <inheritdoc/>
    public override bool IsContent => true;
}

/// <summary>A source of the text so far.</summary>
/// <param name="Citation">The source.</param>
public sealed record CitationAdded(Citation Citation) : ChatEvent;

/// <summary>One answer is complete.</summary>
/// <param name="Finish">Why it ended.</param>
public sealed record Finished(Finish Finish) : ChatEvent;

/// <summary>Tokens so far, or in all.</summary>
/// <param name="Usage">The numbers.</param>
public sealed record Used(Usage Usage) : ChatEvent;

/// <summary>The provider says, inside the stream, that it failed.</summary>
/// <param name="Error">What it said.</param>
public sealed record Failed(ModelError Error) : ChatEvent;
