using Tidegate.Cli;

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
    }

    private static string Shown(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
