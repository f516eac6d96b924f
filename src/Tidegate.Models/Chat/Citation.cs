namespace Tidegate.Models.Chat;

/// <summary>Where a text comes from.</summary>
/// <param name="Url">Address of a web source; null for others.</param>
/// <param name="Title">Title of the source.</param>
/// <param name="Quote">Words of the source.</param>
/// <param name="Start">First character of the text it belongs to; null when the provider does not say.</param>
/// <param name="End">One past the last character.</param>
public sealed record Citation(string? Url, string? Title, string? Quote, int? Start = null, int? End = null);
