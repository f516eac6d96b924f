using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Security.Start;

/// <summary>
/// A file in the data directory that is there from the making of the first credentials until they were shown. A start that fails in between would leave an
/// installation that nobody can sign in to.
/// </summary>
internal sealed class UnshownMark(ProcessOptions options)
{
    private readonly string _path = Path.Combine(options.DataDirectory, "first-start.unshown");

    /// <summary>Credentials of this node were made, and perhaps never shown.</summary>
    public bool IsSet => File.Exists(_path);

    /// <summary>Set before they are made.</summary>
    public void Set() => Try(() => File.WriteAllText(_path, "The first credentials have not been shown yet.\n"));

    /// <summary>They were shown, or are no longer of concern.</summary>
    public void Clear() => Try(() => File.Delete(_path));

    // A directory that cannot be written has been told about already, and starts go on without the mark.
    private static void Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
        }
    }
}
