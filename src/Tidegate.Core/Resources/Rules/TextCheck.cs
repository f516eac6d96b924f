namespace Tidegate.Core.Resources.Rules;

/// <summary>Texts that must say something.</summary>
internal static class TextCheck
{
    public static void NotEmpty(string text, string path, ResourceScope scope)
    {
        if (string.IsNullOrWhiteSpace(text)) scope.Error("empty_text", path, "The text is empty: whoever finds this needs it.");
    }
}
