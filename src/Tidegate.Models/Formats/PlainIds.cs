namespace Tidegate.Models.Formats;

/// <summary>Ids of tool calls for vendors that take letters, digits, underscores and hyphens only. The same id always becomes the same, so that results still find their calls.</summary>
internal static class PlainIds
{
    /// <summary>The id with underscores for what is not allowed.</summary>
    public static string Of(string id) => id.All(IsPlain) ? id : string.Concat(id.Select(c => IsPlain(c) ? c : '_'));

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
