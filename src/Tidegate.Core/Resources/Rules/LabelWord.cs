namespace Tidegate.Core.Resources.Rules;

/// <summary>Words that become values of metric labels and columns of the call log.</summary>
internal static class LabelWord
{
    private const int Longest = 128;

    public static bool IsLegal(string word) => word.Length is > 0 and <= Longest && !word.Any(char.IsControl);

    public static string Problem(string word) => word.Length == 0 ? "The text is empty: remove the key or give a name." : $"Expected 1 to {Longest} characters, none of them a control character.";
}
