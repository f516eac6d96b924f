namespace Tidegate.Models.Chat;

/// <summary>The model calls a tool.</summary>
/// <param name="Id">Id of the call, repeated by its result. Formats without ids (Gemini, Ollama) get ones made from name and position.</param>
/// <param name="Name">Name of the tool.</param>
/// <param name="Arguments">JSON text of the arguments exactly as the model wrote it: it may be no JSON at all.</param>
public sealed record ToolCallPart(string Id, string Name, string Arguments) : Part
{
    /// <summary>Opaque mark of the provider that must come back with the call (Gemini's <c>thoughtSignature</c>).</summary>
    public string? Signature { get; init; }
}
