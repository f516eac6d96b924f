using Tidegate.Cli;
using Tidegate.Platform.Security;

namespace Tidegate.Hosting;

/// <summary>What a person sees when the node has started.</summary>
internal static class Announcement
{
    public static void Ready(TextWriter text, Node node)
    {
        text.WriteLine($"Tidegate {ProductVersion.Number} is running.");
        text.WriteLine($"  traffic  {string.Join("  ", node.Traffic.Select(Shown))}");
        text.WriteLine($"  admin    {Shown(node.Admin)}");
        text.WriteLine($"  data     {node.DataPath}");
        var first = node.Services.GetRequiredService<FirstLogin>();
        // Known by now, unless the state database is away; then it is said when it is there.
        if (first.Created.IsCompleted) First(text, first);
        else _ = first.Created.ContinueWith(_ => First(text, first), TaskScheduler.Default);
    }

    private static void First(TextWriter text, FirstLogin first)
    {
        if (first.Take() is not { } made) return;
        text.WriteLine();
        text.WriteLine("First start. Note these now: they are shown this once, and only their hashes are kept.");
        text.WriteLine($"  user      {made.User}");
        text.WriteLine($"  password  {made.Password}");
        text.WriteLine($"  token     {made.Token}");
        text.WriteLine();
        text.Flush();
        first.Shown();
    }

    private static string Shown(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
