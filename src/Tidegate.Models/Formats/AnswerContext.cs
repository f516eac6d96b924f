namespace Tidegate.Models.Formats;

/// <summary>What an answer repeats of its call.</summary>
/// <param name="Model">Model as the caller named it: an answer names that, not the target.</param>
/// <param name="CallId">Id of the call, for formats whose answers need an id where the provider gave none.</param>
/// <param name="Created">When the call began, for formats that tell it.</param>
public sealed record AnswerContext(string Model, string CallId, DateTimeOffset Created)
{
    /// <summary>The caller asked for usage at the end of the stream.</summary>
    public bool StreamUsage { get; init; }
}
