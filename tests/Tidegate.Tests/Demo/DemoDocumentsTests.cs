using Tidegate.Core.Resources.Reading;
using Tidegate.Demo;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Demo;

public sealed class DemoDocumentsTests
{
    private static readonly Dictionary<string, string> Nowhere = [];

    [Theory]
    [InlineData("OPENAI_API_KEY", "models-openai.yaml")]
    [InlineData("ANTHROPIC_API_KEY", "models-anthropic.yaml")]
    [InlineData("GEMINI_API_KEY", "models-gemini.yaml")]
    [InlineData("OLLAMA_HOST", "models-ollama.yaml")]
    public void Write_AVariableOfARealProvider_ItsDocumentIsThereWhileItIsSet(string variable, string file)
    {
        using var data = new TempDirectory();

        var directory = DemoDocuments.Write(data.Path, Nowhere, name => name == variable ? "set" : null);
        var with = Names(directory);
        DemoDocuments.Write(data.Path, Nowhere, static _ => null);
        var without = Names(directory);

        Assert.Equal([.. new[] { "consumers.yaml", "models.yaml", "objectives.yaml", "prompts.yaml", "routes.yaml", "services.yaml" }.Append(file).Order(StringComparer.Ordinal)], with);
        Assert.Equal(["consumers.yaml", "models.yaml", "objectives.yaml", "prompts.yaml", "routes.yaml", "services.yaml"], without);
    }

    [Fact]
    public void Models_OfTheDemo_HaveTheirPrices()
    {
        using var data = new TempDirectory();
        var directory = DemoDocuments.Write(data.Path, Nowhere, static _ => null);
        var read = DocumentReader.Read([.. Directory.GetFiles(directory).Select(f => new SourceText(f, File.ReadAllText(f)))]);

        Assert.Empty(read.Findings);
        Assert.NotEmpty(read.Document!.Models);
        foreach (var target in read.Document!.Models.SelectMany(m => m.Spec.Targets))
            Assert.NotNull(read.Document.Providers.Single(p => p.Metadata.Name == target.Provider).Spec.Models.Single(m => m.Name == target.Model).Price);
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1:11434")]
    [InlineData("gpu.example", "http://gpu.example:11434")]
    [InlineData("10.0.0.7:9999", "http://10.0.0.7:9999")]
    [InlineData("0.0.0.0", "http://127.0.0.1:11434")]
    [InlineData("https://ollama.example", "https://ollama.example:443")]
    [InlineData("::: no address", "http://127.0.0.1:11434")]
    public void OllamaAt_AsPeopleWriteIt_IsAnAddress(string? variable, string address) => Assert.Equal(address, DemoDocuments.OllamaAt(variable));

    private static string[] Names(string directory) => [.. Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
}
