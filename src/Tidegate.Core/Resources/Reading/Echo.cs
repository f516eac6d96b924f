namespace Tidegate.Core.Resources.Reading;

/// <summary>What findings say back of a text: enough to recognise it, never megabytes.</summary>
internal static class Echo
{
    /// <summary>Most characters of a value that are repeated.</summary>
    public const int Longest = 200;

    // Both ends: messages quote first and say last what would be legal.
    private const int LongestMessage = 2000;
    private const int MessageEnd = 1000;

    /// <summary>The text, or its beginning.</summary>
    public static string Of(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Boundary(text, Longest)), "...");

    /// <summary>The finding with nothing in it longer than a person reads.</summary>
    public static Finding Cut(Finding finding)
    {
        var (resource, path, message) = (Of(finding.Resource), Of(finding.Path), finding.Message);
        if (message.Length > LongestMessage) message = string.Concat(message.AsSpan(0, Boundary(message, Longest)), " ... ", message.AsSpan(Boundary(message, message.Length - MessageEnd)));
        return ReferenceEquals(resource, finding.Resource) && ReferenceEquals(path, finding.Path) && ReferenceEquals(message, finding.Message)
            ? finding
            : finding with { Resource = resource, Path = path, Message = message };
    }

    // Half of a surrogate pair is no text.
    private static int Boundary(string text, int at) => char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;
}
