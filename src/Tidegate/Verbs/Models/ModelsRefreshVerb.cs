using System.CommandLine;
using System.Net.Http.Headers;
using Tidegate.Catalogue;
using Tidegate.Cli;
using Tidegate.Platform.Hosting;

namespace Tidegate.Verbs.Models;

/// <summary><c>tidegate models refresh</c>. It sends a file: nothing is ever fetched from anywhere by itself.</summary>
internal sealed class ModelsRefreshVerb : AdminVerb
{
    private readonly Argument<string?> _file = new("file") { Description = "Catalogue file of the schema tidegate-models/1; - for standard input", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _own = new("--own") { Description = "Go back to the catalogue the program came with" };

    public ModelsRefreshVerb()
        : base("refresh", "Put another catalogue of models and prices in place on the node; it holds from the next call on.")
    {
        Arguments.Add(_file);
        Options.Add(_own);
    }

    public override IReadOnlyList<string> Examples => ["models refresh models.json", "models refresh --own"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var file = context.Get(_file);
        if (context.Get(_own) == (file is not null)) throw new VerbFailure(ExitCode.Usage, "Either a file or --own.") { Action = "A file is made with eng/make-catalogue.mjs." };
        using var request = new HttpRequestMessage(file is null ? HttpMethod.Delete : HttpMethod.Put, "catalogue");
        if (file is not null)
        {
            request.Content = new StringContent(await ReadAsync(context, file));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var answer = await context.Admin.SendAsync(request, HttpCompletionOption.ResponseContentRead, context.Cancel);
        var about = (await answer.Content.ReadFromJsonAsync<CatalogueAbout>(ApiJson.Options, context.Cancel))!;
        context.ShowObject(
            about,
            ("as of", about.AsOf.ToString("yyyy-MM-dd")),
            ("models", $"{about.Models}, {about.Priced} with a price"),
            ("from", about.From == "data" ? "the file you gave" : "this program"),
            ("made from", string.Join(", ", about.Sources)));
        return ExitCode.Ok;
    }

    private static async Task<string> ReadAsync(VerbContext context, string file)
    {
        if (file == "-") return await context.Terminal.In.ReadToEndAsync(context.Cancel);
        try
        {
            return await File.ReadAllTextAsync(file, context.Cancel);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailure(ExitCode.Usage, $"Cannot read {file}: {unreadable.Message}");
        }
    }
}
