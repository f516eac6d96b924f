namespace Tidegate.Platform.Hosting;

/// <summary>Texts of requests as they are taken: not too long, and without NUL, which PostgreSQL does not keep.</summary>
public static class RequestText
{
    /// <summary>Throws a <see cref="ProblemException"/> when a text cannot be taken.</summary>
    /// <param name="path">The key it came in.</param>
    /// <param name="text">The text; null is one that was not given.</param>
    /// <param name="longest">Most characters.</param>
    public static void Assert(string path, string? text, int longest)
    {
        if (text is null) return;
        if (text.Length > longest) throw new ProblemException(Problems.BadRequest(path, $"It has {text.Length} characters.", $"Use at most {longest}.").Problem);
        if (text.Contains('\0', StringComparison.Ordinal)) throw new ProblemException(Problems.BadRequest(path, "It has a character NUL.", "Leave it out.").Problem);
    }
}
