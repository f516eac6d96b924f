using Tidegate.Hosting;
using Tidegate.Platform.Hosting;

namespace Tidegate.Demo;

/// <summary>What to look at while the demo runs.</summary>
internal static class DemoTour
{
    /// <param name="text">Where to write.</param>
    /// <param name="node">The running node.</param>
    /// <param name="seen">Its secrets were shown before.</param>
    public static void Write(TextWriter text, Node node, bool seen)
    {
        var admin = node.Admin.GetLeftPart(UriPartial.Authority);
        var login = node.Admin.Authority == new ProcessOptions().Admin.Authority ? "./tidegate login" : $"./tidegate login --address {admin}";
        var traffic = node.Traffic[0].GetLeftPart(UriPartial.Authority);
        text.WriteLine();
        text.WriteLine("A shop with three replicas stands behind it (shop-c is unreliable), and seven callers use it.");
        text.WriteLine("Call it yourself:");
        text.WriteLine($"  curl -i -H 'X-Api-Key: {DemoKeys.Web}' {traffic}/products");
        text.WriteLine($"  curl -i {traffic}/products            # no key: 401 and why");
        text.WriteLine("Or the model behind it, which two made-up providers answer (the first fails now and then), in the format of your SDK:");
        text.WriteLine($"  curl -N -H 'Authorization: Bearer {DemoKeys.Web}' {traffic}/v1/chat/completions -d '{{\"model\":\"assistant\",\"stream\":true,\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}]}}'");
        text.WriteLine("In another terminal, look at what happens:");
        text.WriteLine($"  {login,-37} # once, with the token {(seen ? "shown at the first start" : "above")}");
        text.WriteLine("  ./tidegate calls --follow             # every call, and why it ended as it did");
        text.WriteLine("  ./tidegate calls --histogram          # how long they take");
        text.WriteLine("  ./tidegate slo list                   # what callers are promised, and how much error budget is left");
        text.WriteLine("  ./tidegate status                     # the node, its modules, the three replicas");
        text.WriteLine("  ./tidegate get Route/products -o yaml # what it runs");
        text.WriteLine($"Its documents are in {DemoDocuments.Directory(node.DataPath)}, with the addresses of this start.");
        text.WriteLine($"Ctrl-C stops it. To start from nothing, delete {node.DataPath}{(seen ? "; the first start after that shows new secrets" : "")}.");
        text.Flush();
    }
}
