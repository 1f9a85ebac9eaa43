-- Opens a file in a folder, prints what hslint says, applies the action whose title
-- begins with ACTION, and writes the file.
-- Neovim 0.7 will do: nvim --headless -u NONE -S neovim.lua
local command, folder, file = vim.env.HSLINT, vim.env.FOLDER, vim.env.FILE

local function say(text)
  io.stdout:write(text .. "\n")
end

local function wait(what, holds)
  if not vim.wait(20000, holds, 20) then
    say("waited in vain for " .. what)
    vim.cmd("cquit 1")
  end
end

vim.cmd("filetype on")
vim.cmd("edit " .. folder .. "/" .. file)
local client = vim.lsp.start_client({
  name = "hslint",
  cmd = vim.split(command, " "),
  root_dir = folder,
  workspace_folders = { { uri = vim.uri_from_fname(folder), name = "manifests" } },
})
vim.lsp.buf_attach_client(0, client)

wait("a diagnostic", function()
  return #vim.diagnostic.get(0) > 0
end)
for _, found in ipairs(vim.diagnostic.get(0)) do
  say(string.format("%d:%d %s: %s", found.lnum + 1, found.col + 1, found.code, found.message))
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
end

local asked = vim.lsp.util.make_position_params()
local hovered = vim.lsp.buf_request_sync(0, "textDocument/hover", asked, 5000)
say(hovered[client].result and hovered[client].result.contents.value or "nothing to hover")

vim.ui.select = function(items, _, choose)
  for _, item in ipairs(items) do
    say("action: " .. item[2].title)
  end
  for _, item in ipairs(items) do
    if vim.startswith(item[2].title, vim.env.ACTION) then
      return choose(item)
    end
  end
end
vim.lsp.buf.code_action({})
wait("the change", function()
  return vim.bo.modified
end)
wait("the diagnostic to go", function()
  return #vim.diagnostic.get(0) == 0
end)
say("no diagnostics left")
vim.cmd("write")
vim.cmd("qall")
